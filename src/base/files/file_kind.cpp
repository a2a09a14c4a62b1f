#include "liantu/base/files/file_kind.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

using std::string_view_literals::operator""sv;

struct Magic {
  std::string_view bytes;
  FileKind kind;
};

constexpr Magic kMagics[] = {
    {"LIANTU\r\n"sv, FileKind::Snapshot},
    {"%PDF"sv, FileKind::Pdf},
    {"\x89PNG"sv, FileKind::Png},
    {"\xFF\xD8\xFF"sv, FileKind::Jpeg},
    {"GIF87a"sv, FileKind::Picture},
    {"GIF89a"sv, FileKind::Picture},
    {"II*\0"sv, FileKind::Picture},
    {"MM\0*"sv, FileKind::Picture},
    {"\xD0\xCF\x11\xE0"sv, FileKind::OldOffice},
    {"\x1F\x8B"sv, FileKind::Gzip},
    {"7z\xBC\xAF\x27\x1C"sv, FileKind::Archive},
    {"Rar!\x1A\x07"sv, FileKind::Archive},
    {"BZh91AY&SY"sv, FileKind::Archive},
    {"\xFD"
     "7zXZ\0"sv,
     FileKind::Archive},
    {"\x28\xB5\x2F\xFD"sv, FileKind::Archive},
    {"SQLite format 3\0"sv, FileKind::Sqlite},
    {"\0\1\0\0Standard "sv, FileKind::Access},
    {"PAR1"sv, FileKind::Parquet},
};

struct Words {
  FileKind kind;
  Text name;
  Text remedy;
};

const Text kSaveAsBook = {"open it in the spreadsheet program and save it as .xlsx",
                          "请用表格软件打开，另存为 .xlsx"};
const Text kCopyTable = {"copy its table into the spreadsheet program and save it as \"CSV UTF-8\"",
                         "请把其中的表格复制到表格软件，另存为“CSV UTF-8（逗号分隔）”"};
const Text kGraphFile = {"export its edges as CSV, or give the tables that it was made from",
                         "请把其中的边导出为 CSV，或给出生成它所用的表"};
const Text kPicture = {"ask for the table that it shows, or type it in",
                       "请索取图中的原表，或录入为表格"};
const Text kUnpack = {"unpack it and give the files that are in it", "请解压后给出其中的文件"};
const Text kExport = {"export its tables as CSV", "请把其中的表导出为 CSV"};

const std::array<Words, 27>& words() {
  static const std::array<Words, 27> all = {{
      {FileKind::Text, {"text", "文本"}, {"name it after what it holds", "请按内容命名"}},
      {FileKind::Json,
       {"JSON", "JSON"},
       {"name it .json, or save the table as \"CSV UTF-8\"",
        "请以 .json 为扩展名，或把表另存为“CSV UTF-8”"}},
      {FileKind::Output,
       {"an output of Liantu", "链图自己的输出"},
       {"give the tables that it was made from", "请给出生成它所用的表"}},
      {FileKind::Model,
       {"a model of `liantu train`", "liantu train 生成的模型"},
       {"give it with --model", "请用 --model 给出"}},
      {FileKind::Snapshot,
       {"a graph that `liantu build` wrote", "liantu build 生成的关联图"},
       {"give the tables that it was built from", "请给出建图所用的表"}},
      {FileKind::Workbook,
       {"an Excel workbook (.xlsx)", "Excel 工作簿（.xlsx）"},
       {"name it .xlsx", "请以 .xlsx 为扩展名"}},
      {FileKind::OpenWorkbook,
       {"an OpenDocument workbook (.ods)", "OpenDocument 工作簿（.ods）"},
       {"name it .ods", "请以 .ods 为扩展名"}},
      {FileKind::OldOffice,
       {"an old Excel workbook (.xls) or another old Office file",
        "旧版 Excel 工作簿（.xls）或其他旧版 Office 文件"},
       kSaveAsBook},
      {FileKind::Document, {"a Word document (.docx)", "Word 文档（.docx）"}, kCopyTable},
      {FileKind::Presentation, {"a presentation (.pptx)", "演示文稿（.pptx）"}, kCopyTable},
      {FileKind::Pdf, {"a PDF document", "PDF 文档"}, kCopyTable},
      {FileKind::Html, {"a web page (HTML)", "网页（HTML）"}, kSaveAsBook},
      {FileKind::GraphMl, {"a GraphML graph", "GraphML 图文件"}, kGraphFile},
      {FileKind::Gexf, {"a GEXF graph", "GEXF 图文件"}, kGraphFile},
      {FileKind::Svg, {"a drawing (SVG)", "SVG 图"}, kPicture},
      {FileKind::Xml, {"an XML document", "XML 文档"}, kSaveAsBook},
      {FileKind::Png, {"a picture (PNG)", "图片（PNG）"}, kPicture},
      {FileKind::Jpeg, {"a picture (JPEG)", "图片（JPEG）"}, kPicture},
      {FileKind::Picture, {"a picture", "图片"}, kPicture},
      {FileKind::Zip, {"a ZIP archive", "ZIP 压缩包"}, kUnpack},
      {FileKind::Gzip, {"a packed file (gzip)", "压缩文件（gzip）"}, kUnpack},
      {FileKind::Archive, {"a packed file", "压缩包"}, kUnpack},
      {FileKind::Sqlite,
       {"an SQLite database", "SQLite 数据库"},
       {"name it .sqlite", "请以 .sqlite 为扩展名"}},
      {FileKind::Access, {"an Access database", "Access 数据库"}, kExport},
      {FileKind::Parquet, {"a Parquet file", "Parquet 文件"}, kExport},
      {FileKind::BinaryWorkbook,
       {"a binary Excel workbook (.xlsb)", "二进制 Excel 工作簿（.xlsb）"},
       kSaveAsBook},
      {FileKind::XmlWorkbook,
       {"an XML spreadsheet of Excel 2003", "Excel 2003 的 XML 表格"},
       kSaveAsBook},
  }};
  return all;
}

const Words& words_of(FileKind kind) { return words()[static_cast<std::size_t>(kind)]; }

bool holds(std::string_view text, std::string_view part) noexcept {
  return text.find(part) != std::string_view::npos;
}

// Of a ZIP archive the names of its files tell what it is.
FileKind kind_of_zip(std::string_view start) noexcept {
  if (holds(start, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet")) {
    return FileKind::OpenWorkbook;
  }
  if (holds(start, "xl/workbook.bin")) return FileKind::BinaryWorkbook;
  if (holds(start, "xl/")) return FileKind::Workbook;
  if (holds(start, "word/")) return FileKind::Document;
  if (holds(start, "ppt/")) return FileKind::Presentation;
  return FileKind::Zip;
}

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view without_blanks(std::string_view text) noexcept {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

char small(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_with_any_case(std::string_view text, std::string_view word) noexcept {
  return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(),
                                                  [](char a, char b) { return a == small(b); });
}

bool holds_any_case(std::string_view text, std::string_view word) noexcept {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (starts_with_any_case(text.substr(at), word)) return true;
  }
  return false;
}

// Text that starts with a tag. A table never does.
FileKind kind_of_markup(std::string_view text) noexcept {
  const std::string_view head = text.substr(0, 4096);
  if (holds(head, "urn:schemas-microsoft-com:office:spreadsheet")) {
    // Web pages that Excel saved name it, too.
    return holds_any_case(head, "<html") ? FileKind::Html : FileKind::XmlWorkbook;
  }
  for (const auto& [tag, kind] : {Magic{"<graphml", FileKind::GraphMl},
                                  {"<gexf", FileKind::Gexf},
                                  {"<svg", FileKind::Svg},
                                  {"<!doctype html", FileKind::Html},
                                  {"<html", FileKind::Html}}) {
    if (holds_any_case(head, tag)) return kind;
  }
  for (const std::string_view tag : {"<head", "<body", "<table", "<div", "<meta", "<script",
                                     "<style", "<title", "<p>", "<tr", "<td", "<a "}) {
    if (starts_with_any_case(text, tag)) return FileKind::Html;
  }
  const bool xml = starts_with_any_case(text, "<?xml") || starts_with_any_case(text, "<!doctype");
  return xml ? FileKind::Xml : FileKind::Text;
}

FileKind kind_of_json(std::string_view text) noexcept {
  const std::string_view head = text.substr(0, 512);
  const std::string_view inside = without_blanks(text.substr(1));
  if (text.front() == '{') {
    if (!inside.starts_with('"') && !inside.starts_with('}')) return FileKind::Text;
    if (holds(head, "\"format\"") && holds(head, "\"liantu")) return FileKind::Model;
    if (holds(head, "\"schema\"") && holds(head, "\"liantu.")) return FileKind::Output;
    return FileKind::Json;
  }
  const bool list = inside.starts_with('{') || inside.starts_with('[') || inside.starts_with(']') ||
                    inside.starts_with('"');
  return list ? FileKind::Json : FileKind::Text;
}

}  // namespace

FileKind file_kind(std::string_view start) noexcept {
  start = start.substr(0, kFileKindBytes);
  for (const Magic& magic : kMagics) {
    if (start.starts_with(magic.bytes)) return magic.kind;
  }
  if (start.starts_with("PK\x03\x04") || start.starts_with("PK\x05\x06")) return kind_of_zip(start);
  if (start.starts_with("BM") && holds(start.substr(0, 16), "\0\0"sv)) return FileKind::Picture;
  if (start.starts_with("RIFF") && holds(start.substr(0, 16), "WEBP")) return FileKind::Picture;
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  // UTF-16 of markup holds a nought in every second byte.
  std::array<char, 512> narrow{};
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    const std::size_t first = start.starts_with("\xFF\xFE") ? 2 : 3;
    std::size_t length = 0;
    for (std::size_t i = first; i < start.size() && length < narrow.size(); i += 2) {
      narrow[length++] = start[i];
    }
    start = {narrow.data(), length};
  }
  const std::string_view text = without_blanks(start);
  if (text.starts_with('<')) return kind_of_markup(text);
  if (text.starts_with('{') || text.starts_with('[')) return kind_of_json(text);
  return FileKind::Text;
}

Text file_kind_text(FileKind kind) { return words_of(kind).name; }

Text file_kind_remedy(FileKind kind) { return words_of(kind).remedy; }

void refuse_other_kinds(std::string_view bytes, const std::string& file,
                        std::initializer_list<FileKind> welcome) {
  const FileKind kind = file_kind(bytes);
  if (std::ranges::find(welcome, kind) != welcome.end()) return;
  const Words& said = words_of(kind);
  throw Error(
      ErrorCode::InvalidData, {.file = file},
      {fmt::format("this is {}, which cannot be read here, whatever its name says", said.name.en),
       fmt::format("文件内容其实是：{}，此处不能读取", said.name.zh)},
      said.remedy);
}

}  // namespace liantu

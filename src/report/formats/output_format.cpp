#include "liantu/report/formats/output_format.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/text/ascii.hpp"
#include "liantu/report/formats/csv_text.hpp"
#include "liantu/report/formats/markdown.hpp"
#include "liantu/report/formats/workbook.hpp"

namespace liantu {

namespace {

bool carries(const OutputFormat& format, Content content) {
  return std::ranges::find(format.carries, content) != format.carries.end();
}

// Sheets in a format that knows one, an empty line between them.
template <std::string (*Write)(const Sheet&, const TableStyle&)>
std::string one_below_another(std::vector<Sheet> sheets, const TableStyle& style) {
  if (sheets.size() == 1) return Write(sheets.front(), style);
  std::string text;
  for (const Sheet& sheet : sheets) {
    if (!text.empty()) text += '\n';
    text += Write(sheet, style);
  }
  return text;
}

std::string csv_text(const Sheet& sheet, const TableStyle& style) {
  return render_csv(sheet, style.language, style.stop);
}

std::string markdown(const Sheet& sheet, const TableStyle& style) {
  return render_markdown(sheet, style.language, 1, style.stop);
}

std::string workbook_bytes(std::vector<Sheet> sheets, const TableStyle& style) {
  return write_workbook(std::move(sheets), style.language, style.stop);
}

bool same_letters(std::string_view word, std::string_view lower) {
  return lower_ascii(std::string(word)) == lower;
}

}  // namespace

const std::vector<OutputFormat>& output_formats() {
  using enum Content;
  static const std::vector<OutputFormat> all = {
      {"table",
       {"txt"},
       {Sheet, Document, Card},
       {"table for the terminal", "终端表格"},
       "text/plain; charset=utf-8",
       false,
       SheetForm::Text,
       one_below_another<render_table>},
      {"csv",
       {"csv"},
       {Sheet, Document},
       {"for programs and spreadsheets: UTF-8 with byte order mark",
        "供程序和电子表格使用，带 BOM 的 UTF-8"},
       "text/csv; charset=utf-8",
       false,
       SheetForm::Rows,
       one_below_another<csv_text>},
      {"md",
       {"md", "markdown"},
       {Memo},
       {"Markdown, to be put into documents and messages", "Markdown，供插入文稿和消息"},
       "text/markdown; charset=utf-8",
       false,
       SheetForm::Text,
       one_below_another<markdown>},
      {"xlsx",
       {"xlsx"},
       {Sheet, Document},
       {"workbook for Excel, WPS and LibreOffice, laid out for print",
        "Excel、WPS、LibreOffice 工作簿，已排版可打印"},
       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
       true,
       SheetForm::Workbook,
       workbook_bytes},
      {"json",
       {"json"},
       {Sheet, Drawing, Document, Card},
       {"for programs: versioned schema", "供程序使用，带版本的结构"},
       "application/json"},
      {"dot",
       {"dot", "gv"},
       {Drawing},
       {"map, ego network or chain board for Graphviz", "Graphviz 图"},
       "text/vnd.graphviz"},
      {"svg",
       {"svg"},
       {Drawing, Page, Card},
       {"the same drawn by Graphviz; chain board for print",
        "由 Graphviz 绘制的图；可打印的产业链图谱"},
       "image/svg+xml"},
      {"pdf",
       {"pdf"},
       {Drawing, Page, Card},
       {"the same for print: fonts embedded, text searchable",
        "同上，供打印：内嵌字体，文字可检索"},
       "application/pdf",
       true,
       SheetForm::Text,
       nullptr,
       draw_pdf},
      {"png",
       {"png"},
       {Drawing, Page, Card},
       {"the same as a picture, to be put into documents; --dpi", "同上，图片，供插入文稿；--dpi"},
       "image/png",
       true,
       SheetForm::Text,
       nullptr,
       draw_png},
      {"html",
       {"html", "htm"},
       {Document},
       {"evaluation with its curves, one page that needs no network",
        "回测报告及曲线，单页，无需联网"},
       "text/html; charset=utf-8"},
      {"ics",
       {"ics"},
       {Calendar},
       {"calendar of what is due, for Outlook, WPS and telephones",
        "到期事项日历，供 Outlook、WPS 和手机导入"},
       "text/calendar; charset=utf-8"},
      {"liantu",
       {"liantu"},
       {Graph},
       {"graph: snapshot that every verb opens", "企业关联图快照，各动词均可打开"},
       "application/vnd.liantu",
       true}};
  return all;
}

std::optional<OutputFormat> output_format(std::string_view word, Content content) {
  for (const OutputFormat& format : output_formats()) {
    if (!carries(format, content)) continue;
    if (same_letters(word, format.name)) return format;
    for (const std::string_view extension : format.extensions) {
      if (same_letters(word, extension)) return format;
    }
  }
  return std::nullopt;
}

const OutputFormat& output_format(std::string_view name) {
  const auto found = std::ranges::find(output_formats(), name, &OutputFormat::name);
  assert(found != output_formats().end());
  return *found;
}

std::vector<std::string_view> format_names(const std::vector<Content>& contents) {
  std::vector<std::string_view> names;
  for (const OutputFormat& format : output_formats()) {
    if (std::ranges::any_of(contents, [&](Content one) { return carries(format, one); })) {
      names.push_back(format.name);
    }
  }
  return names;
}

}  // namespace liantu

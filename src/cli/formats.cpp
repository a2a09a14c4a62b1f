#include <tuple>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "liantu/ingest/fields.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_output(options, language);
}

Sheet headings() {
  Sheet sheet;
  sheet.title = {"tables and the headings of their columns", "表格及其列名"};
  sheet.columns = {{"rows_are", {"rows are", "内容"}, CellKind::Text},
                   {"field", {"field", "字段"}, CellKind::Text},
                   {"required", {"required", "必填"}, CellKind::Text},
                   {"meaning", {"meaning", "含义"}, CellKind::Text},
                   {"headings", {"other headings", "其他列名"}, CellKind::Text}};
  return sheet;
}

Exit run(const Call& call) {
  std::ignore = inputs(call, 0, 0);
  const std::string format = output_format(call, "table");
  Sheet files;
  files.title = {"formats read and written", "可读写的格式"};
  files.columns = {{"format", {"format", "格式"}, CellKind::Text},
                   {"direction", {"direction", "方向"}, CellKind::Text},
                   {"extensions", {"extensions", "扩展名"}, CellKind::Text},
                   {"meaning", {"meaning", "说明"}, CellKind::Text}};
  const std::string read(call.say("read", "读"));
  const std::string write(call.say("write", "写"));
  for (const TableFormat& one : table_formats()) {
    files.rows.push_back({std::string(one.name), read,
                          fmt::format("{}", fmt::join(one.extensions, " ")),
                          one.meaning.in(call.language)});
  }
  const std::pair<std::string_view, Text> outputs[] = {
      {"table", {"table for the terminal", "终端表格"}},
      {"csv", {"for spreadsheets: UTF-8 with byte order mark", "供电子表格使用，带 BOM 的 UTF-8"}},
      {"json", {"for programs: versioned schema", "供程序使用，带版本的结构"}},
      {"dot", {"map for Graphviz", "Graphviz 图"}},
      {"svg", {"map drawn by Graphviz", "由 Graphviz 绘制的图"}},
      {"liantu", {"graph: snapshot that every verb opens", "企业关联图快照，各动词均可打开"}}};
  for (const auto& [name, meaning] : outputs) {
    files.rows.push_back({std::string(name), write,
                          fmt::format(".{}", name == "table" ? "txt" : name),
                          meaning.in(call.language)});
  }
  Sheet columns = headings();
  for (const TableMeaning& meaning : table_meanings()) {
    for (const Field& field : fields(meaning)) {
      columns.rows.push_back({std::string(meaning_word(meaning)), std::string(field.key),
                              std::string(field.required ? call.say("yes", "是") : ""),
                              field.meaning.in(call.language),
                              fmt::format("{}", fmt::join(field.names, " "))});
    }
  }
  if (format == "table") {
    emit(call, render(call, files, format) + "\n" + render(call, columns, format));
  } else {
    emit(call, render(call, columns, format));
  }
  return Exit::Done;
}

}  // namespace

const Verb& formats_verb() {
  static const Verb verb = {
      "formats",
      {"", ""},
      {"formats, tables and headings that are understood", "支持的格式、表和列名"},
      "",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli

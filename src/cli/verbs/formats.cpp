#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/limits.hpp"
#include "liantu/ingest/cells/fields.hpp"
#include "liantu/report/data/format_sheet.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_output(options, language);
  options.add_options()("limits", pick(language, "the limits that --limit sets, and their defaults",
                                       "--limit 可调整的限额及默认值")
                                      .c_str());
}

std::vector<LimitLine> limit_lines() {
  const Limits defaults;
  std::vector<LimitLine> lines;
  for (const LimitRow& row : limit_rows()) {
    lines.push_back({std::string(row.name), row.get(defaults), row.least, row.most, row.meaning});
  }
  return lines;
}

std::vector<FormatLine> format_lines() {
  std::vector<FormatLine> lines;
  for (const TableFormat& one : table_formats()) {
    lines.push_back({std::string(one.name), false,
                     fmt::format("{}", fmt::join(one.extensions, " ")), one.meaning});
  }
  for (const OutputFormat& one : output_formats()) {
    lines.push_back({std::string(one.name), true,
                     fmt::format(".{}", fmt::join(one.extensions, " .")), one.meaning});
  }
  return lines;
}

std::vector<HeadingLine> heading_lines() {
  std::vector<HeadingLine> lines;
  for (const TableMeaning& meaning : table_meanings()) {
    for (const Field& field : fields(meaning)) {
      lines.push_back({std::string(meaning_word(meaning)), std::string(field.key), field.required,
                       field.meaning, fmt::format("{}", fmt::join(field.names, " "))});
    }
  }
  return lines;
}

Exit run(const Call& call) {
  std::ignore = inputs(call, 0, 0);
  const std::string format = output_format(call);
  RunInfo made;
  made.version = LIANTU_VERSION;
  if (call.has("limits")) {
    const Sheet limits = limit_sheet(limit_lines(), call.language);
    emit(call, format == "json" ? sheets_json("liantu.formats/1", {{"limits", limits}}, made)
                                : render(call, limits, format));
    return Exit::Done;
  }
  const Sheet files = format_sheet(format_lines(), call.language);
  const Sheet columns = heading_sheet(heading_lines(), call.language);
  if (format == "json") {
    emit(call, sheets_json("liantu.formats/1", {{"formats", files}, {"columns", columns}}, made));
  } else if (sheet_form(format) == SheetForm::Rows) {
    emit(call, render(call, columns, format));
  } else {
    emit(call, render(call, {files, columns}, format));
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

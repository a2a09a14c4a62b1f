#include "liantu/report/formats/sheets_json.hpp"

#include "report/formats/json_output.hpp"
#include "report/formats/stopped.hpp"

namespace liantu {

std::string sheets_json(std::string_view schema,
                        const std::vector<std::pair<std::string, Sheet>>& sheets,
                        const RunInfo& run, const std::stop_token& stop) {
  JsonOutput out;
  out.open_object();
  write_run(out, schema, run);
  for (const auto& [name, sheet] : sheets) {
    out.key(name);
    out.open_array();
    for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
      if (r % kRowsApart == 0) check_stop(stop, kWritingStopped);
      const auto& row = sheet.rows[r];
      out.open_object();
      for (std::size_t i = 0; i < row.size(); ++i) {
        out.key(sheet.columns[i].key);
        if (const auto* words = std::get_if<std::string>(&row[i])) {
          out.text(*words);
        } else if (const auto* number = std::get_if<double>(&row[i])) {
          out.number(sheet.columns[i].kind == CellKind::Money ? in_hundredths(*number) : *number);
        } else {
          out.null();
        }
      }
      out.close_object();
    }
    out.close_array();
  }
  out.close_object();
  return out.finish();
}

Sheet note_sheet(const std::vector<Text>& notes) {
  Sheet sheet;
  sheet.columns = {{"en", {}, CellKind::Text}, {"zh", {}, CellKind::Text}};
  for (const Text& note : notes) sheet.rows.push_back({note.en, note.zh});
  return sheet;
}

}  // namespace liantu

#include "liantu/report/gaps/gaps_json.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "report/formats/json_output.hpp"
#include "report/formats/stopped.hpp"
#include "report/gaps/gap_columns.hpp"
#include "report/gaps/report_json.hpp"

namespace liantu {

std::string gaps_json(const EnterpriseGraph& graph, const GapReport& report, const RunInfo& run,
                      std::size_t most, const Criticality* criticality,
                      const GapSelection* selection, const std::stop_token& stop) {
  JsonOutput out;
  ReportJson writer(out, graph, report);
  out.open_object();
  write_run(out, "liantu.gaps/1", run);
  writer.district();
  out.member_count("rounds", static_cast<std::uint64_t>(report.rounds));
  out.member_boolean("weighted", report.weighted);
  if (criticality != nullptr) out.member("criticality_basis", basis_word(criticality->basis));
  const std::size_t matching = selection == nullptr ? report.gaps.size() : selection->places.size();
  out.member_count("gap_count", report.gaps.size());
  out.member_count("matching_count", matching);
  if (selection != nullptr) out.member_count("counted_left_out", selection->counted);
  out.key("gaps");
  out.open_array();
  const std::size_t written = most == 0 ? matching : std::min(matching, most);
  const SheetOptions options;
  const GapTable table{graph, report, options, criticality, {}};
  const std::vector<Column<GapRow>> columns = gap_columns(table);
  for (std::size_t i = 0; i < written; ++i) {
    if (i % kRowsApart == 0) check_stop(stop, kWritingStopped);
    const Gap& gap = report.gaps[selection == nullptr ? i : selection->places[i]];
    write_object(out, columns, gap_row(table, i + 1, gap));
  }
  out.close_array();
  out.close_object();
  return out.finish();
}

}  // namespace liantu

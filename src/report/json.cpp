#include "liantu/report/json.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/excerpt.hpp"
#include "liantu/report/explain.hpp"
#include "report/gap_columns.hpp"
#include "report/json_output.hpp"
#include "report/prospect_columns.hpp"
#include "report/report_json.hpp"
#include "report/words.hpp"

namespace liantu {

std::string gaps_json(const EnterpriseGraph& graph, const GapReport& report, const RunInfo& run,
                      std::size_t most, const Criticality* criticality,
                      const GapSelection* selection) {
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
  const GapTable table{graph, report, {}, criticality, {}};
  const std::vector<Column<GapRow>> columns = gap_columns(table);
  for (std::size_t i = 0; i < written; ++i) {
    const Gap& gap = report.gaps[selection == nullptr ? i : selection->places[i]];
    write_object(out, columns, gap_row(table, i + 1, gap));
  }
  out.close_array();
  out.close_object();
  return out.finish();
}

std::string prospects_json(const EnterpriseGraph& graph, const GapReport& report,
                           const ProspectList& list, const RunInfo& run) {
  JsonOutput out;
  ReportJson writer(out, graph, report);
  out.open_object();
  write_run(out, "liantu.prospects/1", run);
  writer.district();
  writer.policy(list.policy);
  writer.learned(list.learned);
  out.member_count("prospect_count", list.prospect_count);
  out.member_count("unlocated_count", list.unlocated_count);
  out.member_count("expansion_count", list.expansion_count);
  out.member_count("screened_count", list.screened.size());
  const ProspectTable table{graph, report, {}, list.learned.has_value()};
  const std::vector<Column<const Prospect*>> columns = prospect_columns(table);
  const auto rows = [&](std::string_view key, const std::vector<Prospect>& prospects) {
    out.key(key);
    out.open_array();
    for (const Prospect& prospect : prospects) write_object(out, columns, &prospect);
    out.close_array();
  };
  rows("prospects", list.prospects);
  rows("unlocated", list.unlocated);
  rows("expansions", list.expansions);
  rows("screened", list.screened);
  out.close_object();
  return out.finish();
}

std::string explain_json(const EnterpriseGraph& graph, const GapReport& report,
                         const ProspectList& list, FirmId firm, const Prospect* prospect,
                         const RunInfo& run) {
  JsonOutput out;
  ReportJson writer(out, graph, report);
  out.open_object();
  write_run(out, "liantu.explain/1", run);
  writer.district();
  writer.policy(list.policy);
  writer.learned(list.learned);
  out.member("firm", graph.name(graph.entity(firm)));
  out.member("status", prospect == nullptr ? "not_listed" : status_word(prospect->status));
  if (prospect == nullptr) {
    out.member("reason", why_not_listed(graph, report, firm));
  } else if (prospect->status == ProspectStatus::Screened) {
    out.member("reason", prospect->screened_by);
  } else {
    out.member_or_null("reason", "");
  }
  out.key("row");
  const ProspectTable table{graph, report, {}, list.learned.has_value()};
  prospect == nullptr ? out.null() : write_object(out, prospect_columns(table), prospect);
  out.close_object();
  return out.finish();
}

std::string sheets_json(std::string_view schema,
                        const std::vector<std::pair<std::string, Sheet>>& sheets,
                        const RunInfo& run) {
  JsonOutput out;
  out.open_object();
  write_run(out, schema, run);
  for (const auto& [name, sheet] : sheets) {
    out.key(name);
    out.open_array();
    for (const auto& row : sheet.rows) {
      out.open_object();
      for (std::size_t i = 0; i < row.size(); ++i) {
        out.key(sheet.columns[i].key);
        if (const auto* words = std::get_if<std::string>(&row[i])) {
          out.text(*words);
        } else if (const auto* number = std::get_if<double>(&row[i])) {
          out.number(*number);
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

std::string problems_json(const std::vector<Problem>& problems, const RunInfo& run) {
  JsonOutput out;
  out.open_object();
  write_run(out, "liantu.problems/1", run);
  out.key("problems");
  out.open_array();
  for (const Problem& problem : problems) {
    const auto position = [&](std::string_view key, std::uint32_t number) {
      out.key(key);
      number > 0 ? out.count(number) : out.null();
    };
    out.open_object();
    out.member("severity", severity_word(problem.severity));
    out.member("kind", problem.kind);
    out.member_or_null("file", problem.place.file);
    out.member_or_null("sheet", problem.place.sheet);
    position("row", problem.place.row);
    position("line", problem.place.line);
    position("column", problem.place.column);
    out.member_or_null("field", excerpt(problem.field));
    out.member("value", excerpt(problem.value));
    out.member("what", Text{shortened(problem.what.en), shortened(problem.what.zh)});
    out.member("remedy", problem.remedy);
    out.close_object();
  }
  out.close_array();
  out.close_object();
  return out.finish();
}

}  // namespace liantu

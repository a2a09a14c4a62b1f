#include "liantu/report/prospects/prospects_json.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "liantu/report/prospects/explain.hpp"
#include "report/formats/json_output.hpp"
#include "report/formats/stopped.hpp"
#include "report/gaps/report_json.hpp"
#include "report/prospects/prospect_columns.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

void write_policy(JsonOutput& out, const ProspectList& list) {
  out.member("policy", list.policy.name);
  out.key("weights");
  out.open_object();
  const std::array<double, kPartCount> weights = part_weights(list);
  for (std::size_t i = 0; i < std::min(weights.size(), list.policy.weights.size()); ++i) {
    const Part part{static_cast<std::uint8_t>(i)};
    if (part == Part::Propensity && !list.arrivals) continue;
    out.member_number(part_word(part), weights[i]);
  }
  out.close_object();
}

// What became of a learned ranker; nothing when none was asked for.
void write_learned(JsonOutput& out, const std::optional<LearnedUse>& use) {
  if (!use) return;
  out.key("model");
  out.open_object();
  out.member("kind", use->kind);
  out.member_boolean("used", use->used);
  out.member("remark", use->remark);
  out.close_object();
}

}  // namespace

std::string prospects_json(const EnterpriseGraph& graph, const GapReport& report,
                           const ProspectList& list, const RunInfo& run,
                           const std::stop_token& stop) {
  JsonOutput out;
  ReportJson writer(out, graph, report);
  out.open_object();
  write_run(out, "liantu.prospects/1", run);
  writer.district();
  write_policy(out, list);
  write_learned(out, list.learned);
  out.member_count("prospect_count", list.prospect_count);
  out.member_count("unlocated_count", list.unlocated_count);
  out.member_count("expansion_count", list.expansion_count);
  out.member_count("screened_count", list.screened.size());
  out.member_cell("total", amount(list.total), CellKind::Money);
  out.member("total_basis", list.total ? basis_word(list.total->basis) : "");
  out.member_count("districts", list.districts);
  if (list.arrivals) out.member_count("may_come", list.may_come);
  out.member_boolean("unparted", list.unparted);
  out.key("parted_by");
  out.open_array();
  for (const PartedBy& one : list.parted_by) {
    out.open_object();
    out.member("part", part_word(one.part));
    out.member_number("points", one.points);
    out.member_count("rows", one.rows);
    out.close_object();
  }
  out.close_array();
  const SheetOptions options;
  const ProspectTable table{graph,
                            report,
                            options,
                            list.districts,
                            list.learned.has_value(),
                            introduced(list),
                            contacted(list),
                            list.arrivals};
  const std::vector<Column<const Prospect*>> columns = prospect_columns(table);
  const auto rows = [&](std::string_view key, const std::vector<Prospect>& prospects) {
    out.key(key);
    out.open_array();
    for (std::size_t i = 0; i < prospects.size(); ++i) {
      if (i % kRowsApart == 0) check_stop(stop, kWritingStopped);
      write_object(out, columns, &prospects[i]);
    }
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
  write_policy(out, list);
  write_learned(out, list.learned);
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
  const SheetOptions options;
  const ProspectTable table{graph,
                            report,
                            options,
                            list.districts,
                            list.learned.has_value(),
                            introduced(list),
                            contacted(list),
                            list.arrivals};
  prospect == nullptr ? out.null() : write_object(out, prospect_columns(table), prospect);
  out.close_object();
  return out.finish();
}

}  // namespace liantu

#include "liantu/report/prospects/prospects_json.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "liantu/chain/economy/newcomer.hpp"
#include "liantu/prospects/explanation/comparison.hpp"
#include "liantu/report/prospects/explain.hpp"
#include "report/formats/json_output.hpp"
#include "report/formats/stopped.hpp"
#include "report/gaps/report_json.hpp"
#include "report/prospects/lift_words.hpp"
#include "report/prospects/prospect_columns.hpp"
#include "report/prospects/task_list_words.hpp"
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
    const ScorePartKind part{static_cast<std::uint8_t>(i)};
    if (part == ScorePartKind::Propensity && !list.arrivals) continue;
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

void write_lists(JsonOutput& out, const EnterpriseGraph& graph, const TaskLists& lists) {
  out.key("lists");
  out.open_array();
  for (const TaskList& one : lists.lists) {
    out.open_object();
    out.member("name", one.name);
    out.member("by", lists_by_word(lists.options.by));
    out.member_count("all", one.all);
    out.member_count("elsewhere", one.elsewhere);
    out.member_cell("total", amount(one.total), CellKind::Money);
    out.member("total_basis", one.total ? basis_word(one.total->basis) : "");
    out.key("firms");
    out.open_array();
    for (const FirmId firm : one.firms) {
      const EntityId entity = graph.entity(firm);
      out.open_object();
      out.member("name", graph.name(entity));
      out.member("credit_code", graph.text(entity, EntityText::Code));
      out.close_object();
    }
    out.close_array();
    out.close_object();
  }
  out.close_array();
}

void write_part_points(JsonOutput& out, std::string_view key, const Prospect& prospect) {
  out.key(key);
  out.open_object();
  for (std::size_t i = 0; i < kPartCount; ++i) {
    out.member_number(part_word(static_cast<ScorePartKind>(i)), prospect.parts[i].points);
  }
  out.close_object();
}

void write_fact(JsonOutput& out, const EnterpriseGraph& graph, const GapReport& report,
                const std::optional<LiftingFact>& fact) {
  out.key("fact");
  if (!fact) return out.null();
  out.open_object();
  out.member("field", lift_field_word(fact->field));
  out.member_number("from", fact->from);
  out.member_number("to", fact->to);
  out.member_or_null("segment", fact->segment ? graph.name(graph.entity(*fact->segment)) : "");
  out.member_or_null("tag", fact->tag);
  out.member_or_null("relation", fact->relation ? relation_word(*fact->relation) : "");
  out.member_boolean("anchor", fact->anchor);
  out.member("said", lifting_fact_text(graph, report, *fact));
  out.close_object();
}

void write_lifting_parts(JsonOutput& out, const EnterpriseGraph& graph, const GapReport& report,
                         std::string_view key, const std::vector<LiftingPart>& parts) {
  out.key(key);
  out.open_array();
  for (const LiftingPart& one : parts) {
    out.open_object();
    out.member("part", part_word(one.part));
    out.member_number("room", one.room);
    out.member_boolean("unknown", one.unknown);
    write_fact(out, graph, report, one.fact);
    out.close_object();
  }
  out.close_array();
}

void write_lift(JsonOutput& out, const EnterpriseGraph& graph, const GapReport& report,
                const Prospect* prospect) {
  out.key("lift");
  if (prospect == nullptr || !prospect->lift) return out.null();
  out.open_object();
  out.member_count("into", kLiftInto);
  out.member_number("missing", prospect->lift->missing);
  write_lifting_parts(out, graph, report, "parts", prospect->lift->parts);
  write_lifting_parts(out, graph, report, "together", prospect->lift->together);
  out.close_object();
}

void write_against(JsonOutput& out, const EnterpriseGraph& graph, const GapReport& report,
                   const Explained& more) {
  ReportJson writer(out, graph, report);
  out.key("against");
  out.open_array();
  for (const Objection& one : more.against) {
    out.open_object();
    out.member("kind", against_word(one.kind));
    out.member("said", one.said);
    out.key("evidence");
    out.open_array();
    if (one.evidence) {
      writer.evidence(one.evidence->relation, one.evidence->edge, one.evidence->from,
                      one.evidence->to);
    }
    out.close_array();
    out.close_object();
  }
  out.close_array();
}

void write_compared(JsonOutput& out, const EnterpriseGraph& graph, const GapReport& report,
                    const Prospect* prospect, const Explained& more) {
  out.key("compared");
  if (prospect == nullptr || more.other == nullptr) return out.null();
  const ProspectComparison found = compare(*prospect, *more.other);
  out.open_object();
  out.member("firm", firm_name(graph, report.newcomers, more.other->firm));
  out.member_count("rank", more.other->rank);
  out.member_number("score", more.other->score);
  write_part_points(out, "parts", *more.other);
  out.member_number("ahead", found.score);
  out.member_or_null("decides", found.decides ? part_word(*found.decides) : "");
  out.close_object();
}

void write_assumed(JsonOutput& out, const Explained& more) {
  out.key("assumed");
  if (more.assumed.empty()) return out.null();
  out.open_object();
  out.key("assumptions");
  out.open_array();
  for (const Text& one : more.assumed) out.said(one);
  out.close_array();
  out.member("status", more.then == nullptr ? "not_listed" : status_word(more.then->status));
  out.key("row");
  if (more.then == nullptr) {
    out.null();
  } else {
    out.open_object();
    out.member_count("rank", more.then->rank);
    out.member_number("score", more.then->score);
    write_part_points(out, "parts", *more.then);
    out.close_object();
  }
  out.close_object();
}

// What is told of a firm beside its row.
void write_explained(JsonOutput& out, const EnterpriseGraph& graph, const GapReport& report,
                     const ProspectList& list, const Prospect* prospect, const Explained& more) {
  const Text why = prospect == nullptr ? Text() : why_text(graph, report, list, *prospect);
  if (why.en.empty()) {
    out.member_or_null("why", "");
  } else {
    out.member("why", why);
  }
  write_lift(out, graph, report, prospect);
  write_against(out, graph, report, more);
  write_compared(out, graph, report, prospect, more);
  write_assumed(out, more);
}

std::string list_json(const EnterpriseGraph& graph, const GapReport& report,
                      const ProspectList& list, const TaskLists* lists, const RunInfo& run,
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
  if (list.draws > 0) {
    out.key("draws");
    out.open_object();
    out.member_count("count", list.draws);
    out.member_number("concentration", list.policy.draw_concentration);
    out.member_count("seed", list.seed);
    out.member_count("top", list.draws_top);
    out.close_object();
  }
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
  if (lists != nullptr) write_lists(out, graph, *lists);
  const ProspectTable table =
      prospect_table(graph, report, list, SheetOptions{}, list.learned.has_value());
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

}  // namespace

std::string prospects_json(const EnterpriseGraph& graph, const GapReport& report,
                           const ProspectList& list, const RunInfo& run,
                           const std::stop_token& stop) {
  return list_json(graph, report, list, nullptr, run, stop);
}

std::string prospects_json(const EnterpriseGraph& graph, const GapReport& report,
                           const TaskLists& lists, const RunInfo& run,
                           const std::stop_token& stop) {
  return list_json(graph, report, lists.list, &lists, run, stop);
}

std::string explain_json(const EnterpriseGraph& graph, const GapReport& report,
                         const ProspectList& list, FirmId firm, const Prospect* prospect,
                         const RunInfo& run, const Explained& more) {
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
  const ProspectTable table =
      prospect_table(graph, report, list, SheetOptions{}, list.learned.has_value());
  prospect == nullptr ? out.null() : write_object(out, prospect_columns(table), prospect);
  write_explained(out, graph, report, list, prospect, more);
  out.close_object();
  return out.finish();
}

}  // namespace liantu

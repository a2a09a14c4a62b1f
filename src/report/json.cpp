#include "liantu/report/json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/excerpt.hpp"
#include "liantu/chain/gaps/gap_shares.hpp"
#include "liantu/report/explain.hpp"
#include "report/critical_gaps.hpp"
#include "report/gap_words.hpp"
#include "report/json_output.hpp"
#include "report/words.hpp"

namespace liantu {

namespace {

class ReportOutput {
 public:
  ReportOutput(const EnterpriseGraph& graph, const GapReport& report)
      : graph_(graph), report_(report) {}

  void district() {
    const District& where = report_.district;
    out.key("district");
    out.open_object();
    out.member_or_null("region", where.region.to_string());
    out.member_or_null("region_name", region_full_name(where.region));
    out.member_or_null("near", where.near.to_string());
    out.member_or_null("source_outside", where.source_outside.to_string());
    out.close_object();
    out.key("anchors");
    out.open_object();
    out.member("basis", anchor_basis_word(report_.anchors.basis));
    firms("firms", report_.anchors.firms);
    out.member("said", report_.anchors.said());
    out.close_object();
    out.member_count("local_firms", report_.local_firms);
    out.member_count("local_makers", report_.local_makers);
    out.member_count("unlocated_firms", report_.unlocated_firms);
    if (!report_.factors.empty()) factors();
    if (!report_.newcomers.empty()) newcomers();
  }

  void policy(const Policy& policy) {
    out.member("policy", policy.name);
    out.key("weights");
    out.open_object();
    for (std::size_t i = 0; i < policy.weights.size(); ++i) {
      out.member_number(part_word(Part{static_cast<std::uint8_t>(i)}), policy.weights[i]);
    }
    out.close_object();
  }

  // What became of a learned ranker; rows then have a member `link`.
  void learned(const std::optional<LearnedUse>& use) {
    learned_ = use.has_value();
    if (!use) return;
    out.key("model");
    out.open_object();
    out.member("kind", use->kind);
    out.key("used");
    out.boolean(use->used);
    out.member("remark", use->remark);
    out.close_object();
  }

  void gap(const Gap& gap) {
    out.open_object();
    out.member("segment", name(gap.segment));
    out.member("kind", gap_word(gap.kind));
    out.member_list("kinds", gap.kinds, gap_word);
    out.member_list("weak", gap.weak, weak_word);
    out.member_or_null("region", report_.district.region.to_string());
    out.member_amount("demand", value(gap.demand));
    out.member_amount("demand_stated", gap.demand_stated);
    out.member_amount("anchor_demand", value(gap.anchor_demand));
    out.member_count("needs_unknown", gap.needs_unknown);
    out.member_amount("supply", value(gap.supply));
    out.key("supply_basis");
    gap.supply ? out.text(basis_word(gap.supply->basis)) : out.null();
    out.member_amount("supply_used", gap.supply_used);
    out.member_amount("leakage_min", gap.leakage_min);
    out.member_amount("leakage_max", gap.leakage_max);
    out.member_number("coverage", gap.coverage);
    out.member_count("nested_unknown", gap.nested_unknown);
    out.member_amount("purchases", gap.purchases);
    out.member_number("local_rate", rounded(realised_local_rate(gap)));
    imports(gap);
    out.member_number("concentration", gap.concentration);
    later(gap);
    out.member("basis", basis_word(gap.basis));
    out.member_confidence("confidence", gap.confidence);
    out.member("needers_are", named_are_suppliers(gap) ? "suppliers" : "needers");
    out.member_count("needer_count", gap.needers.size());
    out.member_list("needers", gap.needers, [&](const Need& need) { return name(need.firm); });
    out.member_number("need_weight", rounded(gap.need_weight));
    out.member_number("anchor_weight", rounded(gap.anchor_weight));
    if (critical_) criticality(gap.segment);
    makers("makers", gap.makers);
    out.member_count("makers_at_risk", gap.makers_at_risk);
    makers("nearby_makers", gap.nearby_makers);
    makers("possible_makers", gap.possible_makers);
    out.member_count("possible_maker_count", gap.possible_maker_count);
    makers("siblings", gap.siblings);
    out.member_count("sibling_count", gap.sibling_count);
    out.member("remedy", remedy_word(gap.remedy));
    firms("anchors", gap.anchors);
    out.key("needs");
    out.open_array();
    for (const Need& item : gap.needers) need(item);
    out.close_array();
    out.close_object();
  }

  void prospect(const Prospect& prospect) {
    const EntityId firm = graph_.entity(prospect.firm);
    const RegionFigure region = graph_.region(firm);
    out.open_object();
    out.member_count("rank", prospect.rank);
    out.member_count("rank_best", prospect.rank_best);
    out.member_count("rank_worst", prospect.rank_worst);
    out.member("name", graph_.name(firm));
    out.member_or_null("credit_code", graph_.text(firm, EntityText::Code));
    out.member_or_null("region", region.code.to_string());
    out.member_or_null("region_basis", region.code.known() ? basis_word(region.basis) : "");
    out.member("grade", std::string_view(&prospect.grade, 1));
    out.member("status", status_word(prospect.status));
    if (prospect.status == ProspectStatus::Screened) {
      out.member("screened_by", prospect.screened_by);
    }
    score(prospect);
    out.member_number("purchases", value(prospect.purchases));
    out.member_or_null("purchases_basis",
                       prospect.purchases ? basis_word(prospect.purchases->basis) : "");
    out.key("gaps");
    out.open_array();
    for (const FilledGap& filled : prospect.gaps) filled_gap(filled);
    out.close_array();
    firms("anchors", prospect.anchors);
    out.key("reasons");
    out.open_array();
    for (const Text& reason : prospect.reasons) out.said(reason);
    out.close_array();
    out.key("evidence");
    out.open_array();
    for (const Evidence& item : prospect.evidence) {
      evidence(item.relation, item.edge, item.from, item.to);
    }
    out.close_array();
    const auto same = [](const std::string& word) { return std::string_view(word); };
    out.member_list("risks", prospect.risks, same);
    out.member_list("unknown", prospect.unknown, same);
    firms("present", prospect.present);
    if (learned_) link(prospect.link);
    out.close_object();
  }

  void take(const Criticality* criticality) {
    if (criticality != nullptr) critical_.emplace(criticality);
  }

  JsonOutput out;

 private:
  // Sums of products of confidences, which are kept in steps of 1/255.
  static std::optional<double> rounded(const std::optional<double>& value) {
    return value ? std::optional(std::round(*value * 1e6) / 1e6) : std::nullopt;
  }

  void imports(const Gap& gap) {
    const std::optional<ImportShare> imported = import_share(graph_, gap);
    out.key("import_share");
    if (!imported) return out.null();
    out.open_object();
    out.member_number("share", rounded(imported->share));
    out.member("basis", basis_word(imported->basis));
    out.member_number("known", rounded(imported->known));
    out.close_object();
  }

  void criticality(SegmentId segment) {
    const SegmentCriticality none;
    const SegmentCriticality* found = critical_->of(segment);
    const SegmentCriticality& one = found == nullptr ? none : *found;
    const auto step = [&](SegmentId passed) { return name(passed); };
    out.member_number("criticality", rounded(one.criticality));
    out.member_number("criticality_known", rounded(one.known));
    out.member_list("critical_path", one.path, step);
    out.member_list("dominators", one.dominators, step);
    out.key("ubiquitous");
    out.boolean(critical_->ubiquitous(segment));
  }

  static std::optional<double> value(const std::optional<Figure>& figure) {
    return figure ? std::optional(figure->value) : std::nullopt;
  }
  [[nodiscard]] std::string_view name(FirmId firm) const {
    return firm_name(graph_, report_.newcomers, firm);
  }
  [[nodiscard]] std::string_view name(SegmentId segment) const {
    return graph_.name(graph_.entity(segment));
  }

  void firms(std::string_view key, const std::vector<FirmId>& list) {
    out.member_list(key, list, [&](FirmId firm) { return name(firm); });
  }
  void factors() {
    out.key("factors");
    out.open_array();
    for (const FactorUse& use : report_.factors) {
      out.open_object();
      out.member_or_null("segment", use.factor.segment ? name(*use.factor.segment) : "");
      const bool none = use.factor.cny_per_unit == 0;
      out.member("per", none ? "none" : factor_basis_word(use.factor.per));
      out.member_number("cny_per_unit", use.factor.cny_per_unit);
      out.member("source", use.factor.source);
      out.member_count("firms", use.firms);
      out.close_object();
    }
    out.close_array();
  }
  void newcomers() {
    out.key("newcomers");
    out.open_array();
    for (const Newcomer& one : report_.newcomers) {
      out.open_object();
      out.member("name", one.name);
      out.key("anchor");
      out.boolean(one.anchor);
      out.member("source", one.source);
      out.key("makes");
      out.open_array();
      for (const NewcomerProduct& product : one.makes) {
        out.open_object();
        out.member("segment", name(product.segment));
        out.member_amount("output", product.output);
        out.member("basis", basis_word(kAssumed));
        out.close_object();
      }
      out.close_array();
      out.close_object();
    }
    out.close_array();
  }
  void makers(std::string_view key, const std::vector<Maker>& list) {
    out.member_list(key, list, [&](const Maker& maker) { return name(maker.firm); });
  }

  void later(const Gap& gap) {
    out.key("later");
    out.open_array();
    for (const RoundDemand& round : gap.later) {
      out.open_object();
      out.member_count("round", static_cast<std::uint64_t>(round.round));
      out.member_amount("demand", round.demand.value);
      out.member("basis", basis_word(round.demand.basis));
      out.member_amount("available", round.available);
      out.member_amount("leakage", round.leakage);
      out.member_confidence("confidence", round.confidence);
      out.key("causes");
      out.open_array();
      for (const DemandCause& cause : round.causes) {
        out.open_object();
        out.member("product", name(cause.product));
        out.member_amount("amount", cause.amount);
        out.key("evidence");
        out.open_array();
        evidence(RelationKind::Requires, cause.requires_edge);
        out.close_array();
        out.close_object();
      }
      out.close_array();
      out.close_object();
    }
    out.close_array();
  }

  void need(const Need& need) {
    out.open_object();
    out.member("firm", name(need.firm));
    out.member("product", name(need.product));
    out.member_amount("amount", need.amount);
    out.key("amount_complete");
    out.boolean(need.complete);
    out.member("basis", basis_word(need.basis));
    out.member_confidence("confidence", need.confidence);
    out.key("evidence");
    out.open_array();
    is_newcomer(graph_, need.makes) ? assumed(need) : evidence(RelationKind::Makes, need.makes);
    evidence(RelationKind::Requires, need.requires_edge);
    out.close_array();
    out.close_object();
  }

  // No row says that a newcomer makes its products.
  void assumed(const Need& need) {
    const std::size_t at = raw(need.firm) - graph_.size(EntityKind::Firm);
    out.open_object();
    out.member("relation", relation_word(RelationKind::Makes));
    out.member("from", name(need.firm));
    out.member("to", name(need.product));
    out.member("basis", basis_word(kAssumed));
    out.member_confidence("confidence", 1);
    out.member_or_null("file", report_.newcomers[at].source);
    for (const std::string_view nothing : {"sheet", "row", "detail"}) {
      out.key(nothing);
      out.null();
    }
    out.close_object();
  }

  void evidence(RelationKind kind, EdgeId edge) {
    const Relation relation = graph_.relation(kind);
    evidence(kind, edge, relation.source(edge), relation.target(edge));
  }

  void evidence(RelationKind kind, EdgeId edge, EntityId from, EntityId to) {
    const Relation relation = graph_.relation(kind);
    const Provenance provenance = relation.provenance(edge);
    const Source& source = graph_.source(provenance.source);
    out.open_object();
    out.member("relation", relation_word(kind));
    out.member("from", graph_.name(from));
    out.member("to", graph_.name(to));
    out.member("basis", basis_word(provenance.basis));
    out.member_confidence("confidence", static_cast<double>(provenance.confidence));
    out.member_or_null("file", source.file.empty() ? source.citation : source.file);
    out.member_or_null("sheet", source.sheet);
    out.key("row");
    provenance.row > 0 ? out.count(provenance.row) : out.null();
    out.member_or_null("detail", relation.detail(edge));
    out.close_object();
  }

  void filled_gap(const FilledGap& filled) {
    const Gap& gap = report_.gaps[filled.gap];
    const Basis makes = graph_.relation(RelationKind::Makes).provenance(filled.makes).basis;
    out.open_object();
    out.member("segment", name(gap.segment));
    out.member("kind", gap_word(gap.kind));
    out.member("makes", name(filled.segment));
    out.member_amount("purchases", value(filled.purchases));
    out.member("basis", basis_word(filled.purchases ? filled.purchases->basis : makes));
    out.close_object();
  }

  void link(const std::optional<LearnedLink>& link) {
    out.key("link");
    if (!link) return out.null();
    out.open_object();
    out.member("anchor", name(link->anchor));
    out.member_number("probability", link->probability);
    out.member_number("margin", link->margin);
    out.member_number("bias", link->bias);
    out.key("contributions");
    out.open_array();
    for (const LinkContribution& one : link->contributions) {
      out.open_object();
      out.member("feature", one.feature);
      out.member_number("value", one.value);
      out.close_object();
    }
    out.close_array();
    out.close_object();
  }

  // Whole hundredths, so that the digits printed for the parts add up to those of the score.
  static std::string points(std::int64_t hundredths) {
    return fmt::format("{}{}.{:02}", hundredths < 0 ? "-" : "", std::abs(hundredths) / 100,
                       std::abs(hundredths) % 100);
  }

  void score(const Prospect& prospect) {
    std::array<std::int64_t, kPartCount> hundredths{};
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < kPartCount; ++i) {
      hundredths[i] = std::llround(prospect.parts[i].points * 100);
      sum += hundredths[i];
    }
    out.key("score");
    out.decimal(points(sum));
    out.key("parts");
    out.open_object();
    for (std::size_t i = 0; i < kPartCount; ++i) {
      out.key(part_word(Part{static_cast<std::uint8_t>(i)}));
      out.decimal(points(hundredths[i]));
    }
    out.close_object();
    out.key("parts_max");
    out.open_object();
    for (std::size_t i = 0; i < kPartCount; ++i) {
      if (prospect.parts[i].known) continue;
      out.key(part_word(Part{static_cast<std::uint8_t>(i)}));
      out.decimal(points(std::llround(prospect.parts[i].points_max * 100)));
    }
    out.close_object();
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  bool learned_ = false;
  std::optional<CriticalGaps> critical_;
};

}  // namespace

std::string gaps_json(const EnterpriseGraph& graph, const GapReport& report, const RunInfo& run,
                      std::size_t most, const Criticality* criticality,
                      const GapSelection* selection) {
  ReportOutput writer(graph, report);
  writer.take(criticality);
  JsonOutput& out = writer.out;
  out.open_object();
  write_run(out, "liantu.gaps/1", run);
  writer.district();
  out.member_count("rounds", static_cast<std::uint64_t>(report.rounds));
  out.key("weighted");
  out.boolean(report.weighted);
  if (criticality != nullptr) out.member("criticality_basis", basis_word(criticality->basis));
  const std::size_t matching = selection == nullptr ? report.gaps.size() : selection->places.size();
  out.member_count("gap_count", report.gaps.size());
  out.member_count("matching_count", matching);
  if (selection != nullptr) out.member_count("counted_left_out", selection->counted);
  out.key("gaps");
  out.open_array();
  const std::size_t written = most == 0 ? matching : std::min(matching, most);
  for (std::size_t i = 0; i < written; ++i) {
    writer.gap(report.gaps[selection == nullptr ? i : selection->places[i]]);
  }
  out.close_array();
  out.close_object();
  return out.finish();
}

std::string prospects_json(const EnterpriseGraph& graph, const GapReport& report,
                           const ProspectList& list, const RunInfo& run) {
  ReportOutput writer(graph, report);
  JsonOutput& out = writer.out;
  out.open_object();
  write_run(out, "liantu.prospects/1", run);
  writer.district();
  writer.policy(list.policy);
  writer.learned(list.learned);
  out.member_count("prospect_count", list.prospect_count);
  out.member_count("unlocated_count", list.unlocated_count);
  out.member_count("expansion_count", list.expansion_count);
  out.member_count("screened_count", list.screened.size());
  const auto rows = [&](std::string_view key, const std::vector<Prospect>& prospects) {
    out.key(key);
    out.open_array();
    for (const Prospect& prospect : prospects) writer.prospect(prospect);
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
  ReportOutput writer(graph, report);
  JsonOutput& out = writer.out;
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
  prospect == nullptr ? out.null() : writer.prospect(*prospect);
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

namespace {

void write_source(JsonOutput& out, const ProblemTable& table) {
  constexpr std::size_t kCellBytes = 4000;  // as messages are cut
  const auto list = [&](std::string_view key, const std::vector<std::string>& texts) {
    out.key(key);
    out.open_array();
    for (const std::string& text : texts) out.text(valid_utf8(excerpt(text, kCellBytes)));
    out.close_array();
  };
  out.open_object();
  out.member("file", table.file);
  out.member_or_null("sheet", table.sheet);
  list("columns", table.columns);
  out.key("rows");
  out.open_array();
  for (const ProblemRow& row : table.rows) {
    out.open_object();
    out.key("row");
    out.count(row.number);
    list("cells", row.cells);
    out.key("problems");
    out.open_array();
    for (const RowProblem& wrong : row.problems) out.count(wrong.problem);
    out.close_array();
    out.close_object();
  }
  out.close_array();
  out.close_object();
}

}  // namespace

std::string problems_json(const std::vector<Problem>& problems, const RunInfo& run,
                          const std::vector<ProblemTable>& tables) {
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
  if (!tables.empty()) {
    out.key("sources");
    out.open_array();
    for (const ProblemTable& table : tables) write_source(out, table);
    out.close_array();
  }
  out.close_object();
  return out.finish();
}

}  // namespace liantu

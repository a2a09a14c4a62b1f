#include "report/gaps/gap_columns.hpp"

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "chain/segments/topmost_ancestors.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/chain/economy/recruiting.hpp"
#include "report/gaps/gap_words.hpp"
#include "report/gaps/report_json.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

// Sums of products of confidences, which are kept in steps of 1/255.
std::optional<double> six_digits(const std::optional<double>& value) {
  return value ? std::optional(std::round(*value * 1e6) / 1e6) : std::nullopt;
}

SheetCell four_digits(double share) { return std::round(share * 1e4) / 1e4; }

SheetCell two_digits(const std::optional<double>& value) {
  if (!value) return std::monostate{};
  return std::round(*value * 100) / 100;
}

// A figure of the gap.
template <typename Class, typename Figure>
auto amount_of(Figure Class::*figure) {
  return [figure](const GapRow& row) { return amount(row.gap->*figure); };
}

template <typename Class, typename Figure>
auto six_digits_of(Figure Class::*figure) {
  return [figure](const GapRow& row) { return amount(six_digits(row.gap->*figure)); };
}

template <typename Class>
auto count_of(std::size_t Class::*number) {
  return [number](const GapRow& row) { return count(row.gap->*number); };
}

// How long a list of the gap is.
template <typename List>
auto length_of(List Gap::*list) {
  return [list](const GapRow& row) { return count((row.gap->*list).size()); };
}

SheetCell later_demand(const Gap& gap) {
  if (gap.later.empty()) return std::monostate{};
  double total = 0;
  for (const RoundDemand& round : gap.later) total += round.demand.value;
  return total;
}

SheetCell later_unmet(const Gap& gap) {
  std::optional<double> total;
  for (const RoundDemand& round : gap.later) {
    if (!round.leakage) return std::monostate{};
    total = total.value_or(0) + *round.leakage;
  }
  return amount(total);
}

// That of a hidden gap is what local makers left for a later round; nothing where it is not known.
std::optional<Figure> supply_of(const Gap& gap) {
  if (gap.supply || gap.kind != GapKind::Hidden || gap.later.empty()) return gap.supply;
  if (!gap.later.front().available) return std::nullopt;
  Figure figure{*gap.later.front().available, Basis::Stated};
  for (const Maker& maker : gap.makers) figure.basis = softer(figure.basis, maker.basis);
  return figure;
}

// With its basis where that is softer than the one of the row.
SheetCell brief_supply(const Gap& gap, Language language) {
  const std::optional<Figure> supply = supply_of(gap);
  if (!supply || supply->value == 0 || softer(supply->basis, gap.basis) == gap.basis) {
    return amount(supply);
  }
  return money_with_basis(*supply, language);
}

SheetCell brief_leakage(const Gap& gap, Language language) {
  return words(gap.kind == GapKind::Hidden ? later_unmet_text(gap, language)
                                           : leakage_text(gap, Currency::InHeading, language));
}

SheetCell short_remedy(Remedy remedy, Language language) {
  // In English the list has no room for more than the verb.
  const Text text = remedy == Remedy::Foster ? Text{"foster", remedy_text(remedy).zh}
                                             : Text{"bring in", remedy_text(remedy).zh};
  return text.in(language);
}

SheetCell apart_cell(const GapTable& table, const GapRow& row) {
  if (!table.critical.ubiquitous(row.gap->segment)) return std::monostate{};
  return Text{"more than half of all products need it", "半数以上产品所需"}.in(
      table.options.language);
}

void write_imports(JsonOutput& out, std::string_view key, const GapRow& row) {
  out.key(key);
  if (!row.imported) return out.null();
  out.open_object();
  out.member_number("share", six_digits(row.imported->share));
  out.member("basis", basis_word(row.imported->basis));
  out.member_number("known", six_digits(row.imported->known));
  out.close_object();
}

void write_later(JsonOutput& out, std::string_view key, const GapTable& table, const Gap& gap) {
  ReportJson report(out, table.graph, table.report);
  out.key(key);
  out.open_array();
  for (const RoundDemand& round : gap.later) {
    out.open_object();
    out.member_count("round", static_cast<std::uint64_t>(round.round));
    out.member_amount("demand", round.demand.value);
    out.member("basis", basis_word(round.demand.basis));
    out.member_amount("available", round.available);
    out.member_amount("leakage", round.leakage);
    out.member_confidence("confidence", round.confidence);
    out.member_count("cause_count", round.cause_count);
    out.key("causes");
    out.open_array();
    for (const DemandCause& cause : round.causes) {
      out.open_object();
      out.member("product", report.name(cause.product));
      out.member_amount("amount", cause.amount);
      out.key("evidence");
      out.open_array();
      report.evidence(RelationKind::Requires, cause.requires_edge);
      out.close_array();
      out.close_object();
    }
    out.close_array();
    out.close_object();
  }
  out.close_array();
}

// No row says that a newcomer makes its products.
void write_assumed(JsonOutput& out, const GapTable& table, const ReportJson& report,
                   const Need& need) {
  const std::size_t at = raw(need.firm) - table.graph.size(EntityKind::Firm);
  out.open_object();
  out.member("relation", relation_word(RelationKind::Makes));
  out.member("from", report.name(need.firm));
  out.member("to", report.name(need.product));
  out.member("basis", basis_word(kAssumed));
  out.member_confidence("confidence", 1);
  out.member_or_null("file", table.report.newcomers[at].source);
  for (const std::string_view nothing : {"sheet", "row", "detail"}) out.member_or_null(nothing, "");
  out.close_object();
}

void write_needs(JsonOutput& out, std::string_view key, const GapTable& table, const Gap& gap) {
  ReportJson report(out, table.graph, table.report);
  out.key(key);
  out.open_array();
  for (const Need& need : gap.needers) {
    out.open_object();
    out.member("firm", report.name(need.firm));
    out.member("product", report.name(need.product));
    out.member_amount("amount", need.amount);
    out.member_amount("stated", need.stated);
    out.member_boolean("amount_complete", need.complete);
    out.member("basis", basis_word(need.basis));
    out.member_confidence("confidence", need.confidence);
    out.key("evidence");
    out.open_array();
    if (need.purchase) report.evidence(RelationKind::Supplies, *need.purchase);
    if (need.reckoned) {
      is_newcomer(table.graph, need.makes) ? write_assumed(out, table, report, need)
                                           : report.evidence(RelationKind::Makes, need.makes);
      report.evidence(RelationKind::Requires, need.requires_edge);
    }
    out.close_array();
    out.close_object();
  }
  out.close_array();
}

void write_kind_needs(JsonOutput& out, std::string_view key, const GapTable& table,
                      const Gap& gap) {
  ReportJson report(out, table.graph, table.report);
  const auto name = [&](FirmId firm) { return report.name(firm); };
  out.key(key);
  out.open_array();
  for (const KindNeed& one : gap.kinds_needed) {
    out.open_object();
    out.member("kind", goods_kinds()[one.kind].name.zh);
    out.member_count("buyers", one.buyers);
    out.member_amount("buyers_capital", one.capital);
    out.member_list("makers", one.makers, name);
    out.member_list("mentioned_by", one.mentions, name);
    out.member_count("nearby_makers", one.nearby);
    out.close_object();
  }
  out.close_array();
}

}  // namespace

GapRow gap_row(const GapTable& table, std::size_t rank, const Gap& gap) {
  static const SegmentCriticality kNone;
  const SegmentCriticality* critical = table.critical.of(gap.segment);
  return {rank, &gap, import_share(table.graph, gap), critical == nullptr ? &kNone : critical};
}

std::vector<Column<GapRow>> gap_columns(const GapTable& table) {
  using Kind = CellKind;
  using Col = Column<GapRow>;
  using Row = const GapRow&;
  const Language language = table.options.language;
  const bool known_critical = table.criticality != nullptr;
  const bool by_criticality = table.query.order == GapOrder::Criticality;
  const bool by_size = table.report.by_size;
  const Shown full_critical = known_critical ? kFull : kNowhere;
  const Shown json_critical = known_critical ? kJson : kNowhere;
  const Shown brief_anchors = table.query.around_anchors == AroundAnchors::Yes ? kBrief : kNowhere;
  const auto tops = std::make_shared<TopmostAncestors>(table.graph);
  const Names& names = table.names;
  const auto said = [language](const Text& text) { return SheetCell(text.in(language)); };
  const auto segment_name = [&names, language](Row row) {
    const std::string sector = names.of(row.gap->segment);
    if (!row.kind) return sector;
    return fmt::format(fmt::runtime(language == Language::Zh ? "{}：{}" : "{}: {}"), sector,
                       goods_kinds()[*row.kind].name.in(language));
  };
  // Who is of the sector and says nothing of the kind makes others of it, for all that is known.
  const auto beside = [language](Row row) {
    if (!row.kind || row.others == 0) return std::string();
    return fmt::format(fmt::runtime(language == Language::Zh
                                        ? "本地同行业另 {} 家未提及此品类"
                                        : "{} more firms of the sector here do not mention it"),
                       row.others);
  };
  // Firms under a gap's needers would supply an extension.
  const auto needers = [](bool suppliers, bool none) {
    return [suppliers, none](Row row) {
      const bool here = named_are_suppliers(*row.gap) == suppliers;
      return here && (none || !row.gap->needers.empty()) ? count(row.gap->needers.size())
                                                         : SheetCell();
    };
  };
  const auto needer_names = [&names](bool suppliers) {
    return [&names, suppliers](Row row) {
      const bool here = named_are_suppliers(*row.gap) == suppliers;
      return here ? names.firms_of(row.gap->needers) : SheetCell();
    };
  };
  // Lists of firms, in sheets joined and cut, in JSON whole.
  const auto makers = [&table](std::vector<Maker> Gap::*list) {
    return [&table, list](auto& out, auto key, Row row) {
      ReportJson(out, table.graph, table.report).makers(key, row.gap->*list);
    };
  };

  return {
      Col("rank", {"#", "#"}, Kind::Number, kBrief | kLead,
          [](Row row) { return count(row.rank); }),
      Col("rank", {"#", "序号"}, Kind::Number, kFull, [](Row row) { return count(row.rank); }),
      Col("segment", {"segment", "环节"}, Kind::Text, kBrief | kLead, segment_name),
      Col("segment", {"segment", "环节"}, Kind::Text, kFull | kJson, segment_name),
      Col(
          "kind", [](Row row) { return std::string(gap_word(row.gap->kind)); }, Kind::Text),
      Col("chain", {"chain", "所属产业链"}, Kind::Text, kFull,
          [&names, tops](Row row) {
            const std::optional<SegmentId> chain = tops->of(row.gap->segment);
            return words(chain ? names.of(*chain) : "");
          }),
      Col("kinds", {"kind", "类型"}, Kind::Text, kBrief | kLead,
          [language, beside](Row row) {
            const std::string why = beside(row);
            const std::string kind = kind_and_why(*row.gap, language);
            if (why.empty()) return words(kind);
            return words(fmt::format(
                fmt::runtime(language == Language::Zh ? "{}（{}）" : "{} ({})"), kind, why));
          }),
      Col(
          "kinds", {"kinds", "类型"}, Kind::Text, kFull | kJson,
          [language](Row row) { return words(kinds_text(*row.gap, language)); },
          [](auto& out, auto key, Row row) { out.member_list(key, row.gap->kinds, gap_word); }),
      Col("beside", {"others of the sector here", "本地同行业其他企业"}, Kind::Text,
          by_size ? kFull : kNowhere, [beside](Row row) { return words(beside(row)); }),
      Col(
          "weak", {"why weak", "弱链原因"}, Kind::Text, kFull | kJson,
          [language](Row row) {
            const auto why = [&](WeakReason reason) {
              return weak_reason_text(*row.gap, reason, Brief::No).in(language);
            };
            return words(join_words(all_words(row.gap->weak, why), language));
          },
          [](auto& out, auto key, Row row) { out.member_list(key, row.gap->weak, weak_word); }),
      Col(
          "region", [&table](Row) { return words(table.report.district.region.to_string()); },
          Kind::Text),
      Col("demand", {"demand", "需求"}, Kind::Money, kBrief,
          [language](Row row) { return demand_cell(*row.gap, language); }),
      Col("demand", {"demand, CNY/year", "需求（元/年）"}, Kind::Money, kFull | kJson,
          amount_of(&Gap::demand)),
      Col("demand_stated", {"of which stated, CNY/year", "其中明示（元/年）"}, Kind::Money,
          kFull | kJson, amount_of(&Gap::demand_stated)),
      Col("anchor_demand", {"anchors'", "龙头需求"}, Kind::Money, brief_anchors,
          amount_of(&Gap::anchor_demand)),
      Col("anchor_demand", {"of which anchors', CNY/year", "其中龙头企业（元/年）"}, Kind::Money,
          kFull | kJson, amount_of(&Gap::anchor_demand)),
      Col("needs_unknown",
          {"needers of unknown amount, left out, firms", "需求额不明、未计入的企业数（家）"},
          Kind::Number, kFull | kJson, count_of(&Gap::needs_unknown)),
      Col("supply", {"supply", "供给"}, Kind::Money, kBrief,
          [language](Row row) { return brief_supply(*row.gap, language); }),
      Col(
          "supply", {"local supply, CNY/year", "本地供给（元/年）"}, Kind::Money, kFull | kJson,
          [](Row row) { return amount(supply_of(*row.gap)); },
          [](auto& out, auto key, Row row) {
            out.member_cell(key, amount(row.gap->supply), CellKind::Money);
          }),
      Col(
          "supply_basis", {"basis of supply", "供给依据"}, Kind::Text, kFull | kJson,
          [language](Row row) {
            const auto supply = supply_of(*row.gap);
            return words(supply ? basis_text(supply->basis).in(language) : "");
          },
          [](auto& out, auto key, Row row) {
            out.member_or_null(key, row.gap->supply ? basis_word(row.gap->supply->basis) : "");
          }),
      Col("supply_used",
          {"of which used up by segments below it, CNY/year", "其中已用于下级环节（元/年）"},
          Kind::Money, kFull | kJson, amount_of(&Gap::supply_used)),
      Col("leakage", {"leakage", "外购额"}, Kind::Money, kBrief,
          [language](Row row) { return brief_leakage(*row.gap, language); }),
      Col("leakage_min", amount_of(&Gap::leakage_min), Kind::Money),
      Col("leakage_max", amount_of(&Gap::leakage_max), Kind::Money),
      Col("coverage", {"coverage", "本地可配套率"}, Kind::Share, kFull | kJson,
          amount_of(&Gap::coverage)),
      Col("nested_unknown", count_of(&Gap::nested_unknown), Kind::Number),
      Col("purchases", {"known local purchases, CNY/year", "已知本地采购（元/年）"}, Kind::Money,
          kFull | kJson, amount_of(&Gap::purchases)),
      Col("bought_outside", amount_of(&Gap::bought_outside), Kind::Money),
      Col(
          "local_rate", {"realised local rate", "本地配套率"}, Kind::Share, kFull | kJson,
          [](Row row) { return amount(realised_local_rate(*row.gap)); },
          [](auto& out, auto key, Row row) {
            out.member_number(key, six_digits(realised_local_rate(*row.gap)));
          }),
      Col(
          "import_share", {"imported share of what is needed", "进口比重"}, Kind::Share,
          kFull | kJson,
          [](Row row) { return row.imported ? four_digits(row.imported->share) : SheetCell(); },
          write_imports),
      Col("import_basis", {"basis of imported share", "进口比重依据"}, Kind::Text, kFull,
          [language](Row row) {
            return words(row.imported ? basis_text(row.imported->basis).in(language) : "");
          }),
      Col("leakage_min", {"leakage min, CNY/year", "外购额下限（元/年）"}, Kind::Money, kFull,
          amount_of(&Gap::leakage_min)),
      Col("leakage_max", {"leakage max, CNY/year", "外购额上限（元/年）"}, Kind::Money, kFull,
          amount_of(&Gap::leakage_max)),
      Col("concentration", amount_of(&Gap::concentration), Kind::Number),
      Col("later", {"later", "后续轮次"}, Kind::Money, kBrief,
          [language](Row row) { return words(later_text(*row.gap, language)); }),
      Col(
          "later", {"demand of later rounds, CNY/year", "后续轮次需求（元/年）"}, Kind::Money,
          kFull | kJson, [](Row row) { return later_demand(*row.gap); },
          [&table](auto& out, auto key, Row row) { write_later(out, key, table, *row.gap); }),
      Col("later_unmet",
          {"of which local supply cannot meet, CNY/year", "其中本地无法满足（元/年）"}, Kind::Money,
          kFull, [](Row row) { return later_unmet(*row.gap); }),
      Col("rounds", {"later rounds one by one, CNY/year", "后续各轮（元/年）"}, Kind::Text, kFull,
          [language](Row row) { return words(rounds_text(*row.gap, language)); }),
      Col("raised_by", {"raised by filling", "补上后带动需求的环节"}, Kind::Text, kFull,
          [&names](Row row) { return names.causes_of(*row.gap); }),
      Col("criticality", {"critical", "关键度"}, Kind::Share, kBrief,
          [known_critical](Row row) {
            return known_critical ? four_digits(row.critical->criticality) : SheetCell();
          }),
      Col("remedy", {"suggestion", "建议"}, Kind::Text, kBrief,
          [language](Row row) { return short_remedy(row.gap->remedy, language); }),
      Col("apart", {"apart", "单列"}, Kind::Text, kBrief | kBelow,
          [&table, by_criticality, said](Row row) {
            if (by_criticality) return apart_cell(table, row);
            const RecruitingBar* bar = recruiting_bar(table.graph, row.gap->segment);
            if (bar == nullptr && row.kind) bar = recruiting_bar(goods_kinds()[*row.kind]);
            if (bar != nullptr) {
              return said({fmt::format("nothing to recruit for: {}", bar->reason.en),
                           fmt::format("不宜招商：{}", bar->reason.zh)});
            }
            return row.second_list ? said({"services, energy, building", "服务、能源、建筑"})
                                   : SheetCell();
          }),
      Col("dominators", {"all need of it passes through", "对其需求必经环节"}, Kind::Text,
          kBrief | kBelow,
          [&names, by_criticality](Row row) {
            return by_criticality
                       ? names.segments(row.critical->dominators, row.critical->dominator_count)
                       : SheetCell();
          }),
      Col(
          "basis", {"basis", "依据"}, Kind::Text, kSheets | kJson | kBelow,
          [said](Row row) { return said(basis_text(row.gap->basis)); },
          [](auto& out, auto key, Row row) { out.member(key, basis_word(row.gap->basis)); }),
      Col("confidence", {"chance that it is needed at all, 0–1", "确有需求的可能性（0–1）"},
          Kind::Number, kFull | kJson,
          [](Row row) { return printed_confidence(row.gap->confidence); }),
      Col("products", {"for local products", "相关本地产品"}, Kind::Text, kFull,
          [&names](Row row) { return names.products_of(*row.gap); }),
      Col("products", {"for local products", "相关本地产品"}, Kind::Text, kBrief | kBelow,
          [&names, by_size](Row row) {
            return by_size ? SheetCell() : names.products_of(*row.gap);
          }),
      Col("buyers", {"who needs most", "主要需求企业（行业）"}, Kind::Text, kBrief | kBelow,
          [&names, by_size](Row row) {
            const bool told = by_size && !named_are_suppliers(*row.gap);
            return told ? names.buyers_of(*row.gap) : SheetCell();
          }),
      Col("kinds_needed", {"kinds of it worked up here", "本地所用品类"}, Kind::Text,
          kBrief | kBelow | (by_size ? kFull : kNowhere),
          [&names](Row row) {
            return row.kind ? SheetCell() : names.kinds(row.gap->kinds_needed);
          }),
      Col("examples", {"such as", "如"}, Kind::Text, kBrief | kBelow,
          [&names](Row row) {
            return row.gap->kinds_needed.empty() ? names.segments(row.gap->examples) : SheetCell();
          }),
      Col("raised_by", {"raised by filling", "补上后带动需求的环节"}, Kind::Text, kBrief | kBelow,
          [&names](Row row) {
            return row.gap->kind == GapKind::Hidden ? names.causes_of(*row.gap) : SheetCell();
          }),
      Col(
          "needers_are",
          [](Row row) {
            return std::string(named_are_suppliers(*row.gap) ? "suppliers" : "needers");
          },
          Kind::Text),
      Col("needer_count", {"needers, firms", "需求（家）"}, Kind::Number, kBrief | kBelow,
          needers(false, false)),
      Col("needer_count", {"needers, firms", "需求企业数（家）"}, Kind::Number, kFull,
          needers(false, true)),
      Col("needer_count", length_of(&Gap::needers), Kind::Number),
      Col("needers", {"needers", "需求企业"}, Kind::Text, kFull | kJson, needer_names(false),
          [&table](auto& out, auto key, Row row) {
            const ReportJson report(out, table.graph, table.report);
            out.member_list(key, row.gap->needers,
                            [&](const Need& need) { return report.name(need.firm); });
          }),
      Col("need_weight", six_digits_of(&Gap::need_weight), Kind::Number),
      Col("anchor_weight", six_digits_of(&Gap::anchor_weight), Kind::Number),
      Col("size_coverage", six_digits_of(&Gap::size_coverage), Kind::Number),
      Col("kinds_needed",
          [](auto& out, auto key, Row row) {
            out.member_list(key, row.gap->kinds_needed,
                            [&](const KindNeed& one) { return goods_kinds()[one.kind].name.zh; });
          }),
      Col("kind_needs",
          [&table](auto& out, auto key, Row row) { write_kind_needs(out, key, table, *row.gap); }),
      Col("examples",
          [&table](auto& out, auto key, Row row) {
            ReportJson(out, table.graph, table.report).segments(key, row.gap->examples);
          }),
      Col(
          "criticality", [](Row row) { return amount(six_digits(row.critical->criticality)); },
          Kind::Number, json_critical),
      Col(
          "criticality_known", [](Row row) { return amount(six_digits(row.critical->known)); },
          Kind::Number, json_critical),
      Col(
          "critical_path",
          [&table](auto& out, auto key, Row row) {
            ReportJson(out, table.graph, table.report).segments(key, row.critical->path);
          },
          json_critical),
      Col(
          "dominators",
          [&table](auto& out, auto key, Row row) {
            ReportJson(out, table.graph, table.report).segments(key, row.critical->dominators);
          },
          json_critical),
      Col(
          "ubiquitous",
          [&table](auto& out, auto key, Row row) {
            out.member_boolean(key, table.critical.ubiquitous(row.gap->segment));
          },
          json_critical),
      Col("supplier_count", {"could supply, firms", "可供料（家）"}, Kind::Number, kBrief | kBelow,
          needers(true, false)),
      Col("supplier_count", {"could supply it, firms", "可供料企业数（家）"}, Kind::Number, kFull,
          needers(true, true)),
      Col("suppliers", {"could supply it", "可供料企业"}, Kind::Text, kFull, needer_names(true)),
      Col("anchors", {"anchors among needers or suppliers", "其中龙头企业"}, Kind::Text, kFull,
          [&names](Row row) { return names.firms(row.gap->anchors); }),
      Col("maker_count", {"local makers, firms", "本地生产企业数（家）"}, Kind::Number, kFull,
          length_of(&Gap::makers)),
      Col("makers", {"local makers", "本地企业"}, Kind::Text, kBrief | kBelow,
          [&names](Row row) { return names.few_makers(*row.gap); }),
      Col(
          "makers", {"local makers", "本地生产企业"}, Kind::Text, kFull | kJson,
          [&names](Row row) { return names.firms_of(row.gap->makers); }, makers(&Gap::makers)),
      Col("makers_at_risk", {"of which at risk, firms", "其中有风险（家）"}, Kind::Number,
          kFull | kJson, count_of(&Gap::makers_at_risk)),
      Col("concentration", {"concentration (Herfindahl)", "集中度（赫芬达尔）"}, Kind::Number,
          kFull, [](Row row) { return two_digits(row.gap->concentration); }),
      Col("nearby_makers", makers(&Gap::nearby_makers)),
      Col(
          "possible_makers", {"possible local makers", "可能的本地生产企业"}, Kind::Text,
          kFull | kJson,
          [&names](Row row) {
            return names.firms_of(row.gap->possible_makers, row.gap->possible_maker_count);
          },
          makers(&Gap::possible_makers)),
      Col("possible_maker_count", count_of(&Gap::possible_maker_count), Kind::Number),
      Col("nearby_count", {"makers nearby", "邻近（家）"}, Kind::Number, kBrief | kBelow,
          [](Row row) {
            const std::size_t makers_nearby = row.gap->nearby_makers.size();
            return makers_nearby == 0 ? SheetCell() : count(makers_nearby);
          }),
      Col("nearby_count", {"nearby makers, firms", "邻近生产企业数（家）"}, Kind::Number, kFull,
          length_of(&Gap::nearby_makers)),
      Col("nearby_makers", {"nearby makers", "邻近生产企业"}, Kind::Text, kFull,
          [&names](Row row) { return names.firms_of(row.gap->nearby_makers); }),
      Col(
          "siblings", {"local makers of akin segments", "本地同类环节企业"}, Kind::Text,
          kFull | kJson,
          [&names](Row row) { return names.firms_of(row.gap->siblings, row.gap->sibling_count); },
          makers(&Gap::siblings)),
      Col("sibling_count", count_of(&Gap::sibling_count), Kind::Number),
      Col(
          "remedy", {"suggestion", "建议"}, Kind::Text, kFull | kJson,
          [said](Row row) { return said(remedy_text(row.gap->remedy)); },
          [](auto& out, auto key, Row row) { out.member(key, remedy_word(row.gap->remedy)); }),
      Col(
          "anchors", {"anchors among them", "其中龙头企业"}, Kind::Text, kBrief | kJson | kBelow,
          [&names](Row row) { return names.firms(row.gap->anchors); },
          [&table](auto& out, auto key, Row row) {
            ReportJson(out, table.graph, table.report).firms(key, row.gap->anchors);
          }),
      Col("needs",
          [&table](auto& out, auto key, Row row) { write_needs(out, key, table, *row.gap); }),
      Col("criticality",
          {"anchors' output that stops without it, share", "关键度（断供影响的龙头产出占比）"},
          Kind::Share, full_critical,
          [](Row row) { return four_digits(row.critical->criticality); }),
      Col("criticality_known",
          {"of which where its replaceability is known, share", "其中可替代性已知部分"},
          Kind::Share, full_critical, [](Row row) { return four_digits(row.critical->known); }),
      Col("apart", {"ranked apart", "单列"}, Kind::Text, full_critical,
          [&table](Row row) { return apart_cell(table, row); }),
      Col("critical_path", {"along", "影响路径"}, Kind::Text, full_critical,
          [&names](Row row) {
            return names.segments(row.critical->path, row.critical->path_length);
          }),
      Col("dominators", {"all need of it passes through", "对其需求必经环节"}, Kind::Text,
          full_critical, [&names](Row row) {
            return names.segments(row.critical->dominators, row.critical->dominator_count);
          })};
}

}  // namespace liantu

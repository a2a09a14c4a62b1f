#include "liantu/report/sheets.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "liantu/chain/gaps/gap_shares.hpp"
#include "report/cells.hpp"
#include "report/critical_gaps.hpp"
#include "report/gap_words.hpp"
#include "report/words.hpp"

namespace liantu {

namespace {

constexpr std::size_t kNamesBrief = 3;
constexpr std::size_t kNamesFull = 50;
constexpr std::size_t kBuyers = 3;    // who needs most of a segment
constexpr std::size_t kFewNames = 2;  // beside a count, in a brief sheet

SheetCell confidence(double value) { return printed_confidence(value); }

SheetCell two_digits(const std::optional<double>& value) {
  if (!value) return std::monostate{};
  return std::round(*value * 100) / 100;
}

class Names {
 public:
  Names(const EnterpriseGraph& graph, const GapReport& report, const SheetOptions& options)
      : graph_(graph), newcomers_(report.newcomers), options_(options) {}

  [[nodiscard]] std::string of(FirmId firm) const {
    return marked(firm, firm_name(graph_, newcomers_, firm));
  }
  [[nodiscard]] std::string of(SegmentId segment) const {
    return std::string(graph_.name(graph_.entity(segment)));
  }

  [[nodiscard]] SheetCell firms(const std::vector<FirmId>& firms) const {
    std::vector<std::string> names;
    for (const FirmId firm : firms) names.push_back(in_list(firm));
    return join(names);
  }
  // Makers and needers alike: whatever names a firm; `total` of them when `rows` are the first.
  template <typename Row>
  [[nodiscard]] SheetCell firms_of(const std::vector<Row>& rows, std::size_t total = 0) const {
    std::vector<std::string> names;
    for (const Row& row : rows) names.push_back(in_list(row.firm));
    return join(names, total);
  }
  // What local firms make that needs the segment, or goes into it; each once, in the order of the
  // needers.
  [[nodiscard]] SheetCell products_of(const Gap& gap) const {
    std::vector<std::string> names;
    for (const Need& need : gap.needers) {
      if (!need.reckoned) continue;  // it is stated to be bought, whatever for
      std::string name = of(need.product);
      if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
    return words(join_names(names, options_.brief ? kFewNames : kNamesFull, Counter::Things,
                            options_.language));
  }
  // Who needs most of it, each with what it makes; of a sector with products that are bought of it.
  [[nodiscard]] SheetCell buyers_of(const Gap& gap) const {
    std::vector<std::string> names;
    for (const Need& need : gap.needers) {
      if (names.size() == kBuyers) break;
      const bool zh = options_.language == Language::Zh;
      names.push_back(in_list(need.firm) + (zh ? "（" : " (") + of(need.product) +
                      (zh ? "）" : ")"));
    }
    return words(join_words(names, options_.language));
  }
  [[nodiscard]] SheetCell examples_of(const Gap& gap) const {
    std::vector<std::string> names;
    for (const SegmentId segment : gap.examples) names.push_back(of(segment));
    return words(join_words(names, options_.language));
  }
  // Segments whose filling raises the later rounds, in the order of rounds and amounts.
  [[nodiscard]] SheetCell causes_of(const Gap& gap) const {
    std::vector<std::string> names;
    for (const RoundDemand& round : gap.later) {
      for (const DemandCause& cause : round.causes) {
        std::string name = of(cause.product);
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
      }
    }
    return words(join_names(names, kNamesFull, Counter::Things, options_.language));
  }
  [[nodiscard]] SheetCell segments(const std::vector<SegmentId>& segments) const {
    std::vector<std::string> names;
    for (const SegmentId segment : segments) names.push_back(of(segment));
    return words(join_names(names, kNamesFull, Counter::Segments, options_.language));
  }
  // For a column whose reader asks first how many there are.
  [[nodiscard]] SheetCell few_makers(const Gap& gap) const {
    const bool zh = options_.language == Language::Zh;
    std::vector<std::string> names;
    for (const Maker& maker : gap.makers) names.push_back(in_list(maker.firm));
    std::string text = names.empty()
                           ? Text{"none", "无"}.in(options_.language)
                           : join_names(names, kFewNames, Counter::Firms, options_.language);
    const std::size_t possible = std::max(gap.possible_maker_count, gap.possible_makers.size());
    if (possible > 0) {
      text +=
          zh ? fmt::format("（另可能有{}家）", possible) : fmt::format(" ({} possible)", possible);
    }
    return words(text);
  }

 private:
  [[nodiscard]] std::string in_list(FirmId firm) const {
    if (!options_.brief) return of(firm);
    return marked(firm, without_legal_form(firm_name(graph_, newcomers_, firm)));
  }
  [[nodiscard]] std::string marked(FirmId firm, std::string_view name) const {
    return fmt::format("{}{}", name, newcomer_mark(graph_, firm, options_.language));
  }
  [[nodiscard]] SheetCell join(const std::vector<std::string>& names, std::size_t total = 0) const {
    return words(join_names(names, options_.brief ? kNamesBrief : kNamesFull, Counter::Firms,
                            options_.language, total));
  }

  const EnterpriseGraph& graph_;
  const std::vector<Newcomer>& newcomers_;
  const SheetOptions& options_;
};

template <typename Range, typename Word>
std::vector<std::string> all_words(const Range& range, Word word) {
  std::vector<std::string> result;
  for (const auto& item : range) result.push_back(word(item));
  return result;
}

std::string kind_words(const Gap& gap, Language language) {
  return join_words(all_words(gap.kinds, [&](GapKind kind) { return gap_text(kind).in(language); }),
                    language);
}

SheetCell later_demand(const Gap& gap) {
  if (gap.later.empty()) return std::monostate{};
  double total = 0;
  for (const RoundDemand& round : gap.later) total += round.demand.value;
  return total;
}

// What local makers left for a later round; nothing where it is not known.
std::optional<Figure> later_supply(const Gap& gap) {
  if (gap.kind != GapKind::Hidden || gap.later.empty()) return std::nullopt;
  if (!gap.later.front().available) return std::nullopt;
  Figure figure{*gap.later.front().available, Basis::Stated};
  for (const Maker& maker : gap.makers) figure.basis = softer(figure.basis, maker.basis);
  return figure;
}

// With its basis where that is softer than the one of the row.
SheetCell supply_cell(const Gap& gap, Language language) {
  const std::optional<Figure> supply = gap.supply ? gap.supply : later_supply(gap);
  if (!supply || supply->value == 0 || softer(supply->basis, gap.basis) == gap.basis) {
    return amount(supply);
  }
  return money_with_basis(*supply, language);
}

SheetCell leakage_cell(const Gap& gap, Language language) {
  return words(gap.kind == GapKind::Hidden ? later_unmet_text(gap, language)
                                           : leakage_text(gap, Currency::InHeading, language));
}

SheetCell later_unmet(const Gap& gap) {
  std::optional<double> total;
  for (const RoundDemand& round : gap.later) {
    if (!round.leakage) return std::monostate{};
    total = total.value_or(0) + *round.leakage;
  }
  return amount(total);
}

SheetCell short_remedy(Remedy remedy, Language language) {
  // In English the list has no room for more than the verb.
  const Text text = remedy == Remedy::Foster ? Text{"foster", remedy_text(remedy).zh}
                                             : Text{"bring in", remedy_text(remedy).zh};
  return text.in(language);
}

// A list that only counts needs no columns for yuan.
void drop_empty_columns(Sheet& sheet) {
  for (std::size_t column = sheet.columns.size(); column-- > 0;) {
    const bool empty = std::ranges::all_of(sheet.rows, [&](const std::vector<SheetCell>& row) {
      return std::holds_alternative<std::monostate>(row[column]);
    });
    if (!empty) continue;
    const auto at = static_cast<std::ptrdiff_t>(column);
    sheet.columns.erase(sheet.columns.begin() + at);
    for (std::vector<SheetCell>& row : sheet.rows) row.erase(row.begin() + at);
  }
}

// What stands in a gap's row beside the figures of the report itself.
struct GapRow {
  const EnterpriseGraph& graph;
  const Names& names;
  Language language;
  const CriticalGaps* critical;  // null when criticality was not asked for
  bool around_anchors;
  bool by_criticality;
  bool by_size;  // see GapReport::by_size
  TopmostAncestors* tops;
  bool second_list = false;  // of what stands apart around anchors
};

void add_brief_columns(Sheet& sheet, const GapRow& row) {
  sheet.columns = {{"rank", {"#", "#"}, CellKind::Number, true},
                   {"segment", {"segment", "环节"}, CellKind::Text, true},
                   {"kinds", {"kind", "类型"}, CellKind::Text, true},
                   {"demand", {"demand", "需求"}, CellKind::Money}};
  if (row.around_anchors) {
    sheet.columns.push_back({"anchor_demand", {"anchors'", "龙头需求"}, CellKind::Money});
  }
  const std::vector<SheetColumn> rest = {
      {"supply", {"supply", "供给"}, CellKind::Money},
      {"leakage", {"leakage", "外购额"}, CellKind::Money},
      {"later", {"later", "后续轮次"}, CellKind::Money},
      {"criticality", {"critical", "关键度"}, CellKind::Share},
      {"remedy", {"suggestion", "建议"}, CellKind::Text},
      {"apart", {"apart", "单列"}, CellKind::Text, false, true},
      {"dominators",
       {"all need of it passes through", "对其需求必经环节"},
       CellKind::Text,
       false,
       true},
      {"basis", {"basis", "依据"}, CellKind::Text, false, true},
      {"products", {"for local products", "相关本地产品"}, CellKind::Text, false, true},
      {"buyers", {"who needs most", "主要需求企业（行业）"}, CellKind::Text, false, true},
      {"examples", {"such as", "如"}, CellKind::Text, false, true},
      {"raised_by", {"raised by filling", "补上后带动需求的环节"}, CellKind::Text, false, true},
      {"needer_count", {"needers, firms", "需求（家）"}, CellKind::Number, false, true},
      {"supplier_count", {"could supply, firms", "可供料（家）"}, CellKind::Number, false, true},
      {"makers", {"local makers", "本地企业"}, CellKind::Text, false, true},
      {"nearby_count", {"makers nearby", "邻近（家）"}, CellKind::Number, false, true},
      {"anchors", {"anchors among them", "其中龙头企业"}, CellKind::Text, false, true}};
  sheet.columns.insert(sheet.columns.end(), rest.begin(), rest.end());
}

void add_full_columns(Sheet& sheet, const GapRow& row) {
  sheet.columns = {
      {"rank", {"#", "序号"}, CellKind::Number},
      {"segment", {"segment", "环节"}, CellKind::Text},
      {"chain", {"chain", "所属产业链"}, CellKind::Text},
      {"kinds", {"kinds", "类型"}, CellKind::Text},
      {"weak", {"why weak", "弱链原因"}, CellKind::Text},
      {"demand", {"demand, CNY/year", "需求（元/年）"}, CellKind::Money},
      {"demand_stated", {"of which stated, CNY/year", "其中明示（元/年）"}, CellKind::Money},
      {"anchor_demand", {"of which anchors', CNY/year", "其中龙头企业（元/年）"}, CellKind::Money},
      {"needs_unknown",
       {"needers of unknown amount, left out, firms", "需求额不明、未计入的企业数（家）"},
       CellKind::Number},
      {"supply", {"local supply, CNY/year", "本地供给（元/年）"}, CellKind::Money},
      {"supply_basis", {"basis of supply", "供给依据"}, CellKind::Text},
      {"supply_used",
       {"of which used up by segments below it, CNY/year", "其中已用于下级环节（元/年）"},
       CellKind::Money},
      {"coverage", {"coverage", "本地可配套率"}, CellKind::Share},
      {"purchases", {"known local purchases, CNY/year", "已知本地采购（元/年）"}, CellKind::Money},
      {"local_rate", {"realised local rate", "本地配套率"}, CellKind::Share},
      {"import_share", {"imported share of what is needed", "进口比重"}, CellKind::Share},
      {"import_basis", {"basis of imported share", "进口比重依据"}, CellKind::Text},
      {"leakage_min", {"leakage min, CNY/year", "外购额下限（元/年）"}, CellKind::Money},
      {"leakage_max", {"leakage max, CNY/year", "外购额上限（元/年）"}, CellKind::Money},
      {"later", {"demand of later rounds, CNY/year", "后续轮次需求（元/年）"}, CellKind::Money},
      {"later_unmet",
       {"of which local supply cannot meet, CNY/year", "其中本地无法满足（元/年）"},
       CellKind::Money},
      {"rounds", {"later rounds one by one, CNY/year", "后续各轮（元/年）"}, CellKind::Text},
      {"raised_by", {"raised by filling", "补上后带动需求的环节"}, CellKind::Text},
      {"basis", {"basis", "依据"}, CellKind::Text},
      {"confidence",
       {"chance that it is needed at all, 0–1", "确有需求的可能性（0–1）"},
       CellKind::Number},
      {"products", {"for local products", "相关本地产品"}, CellKind::Text},
      {"needer_count", {"needers, firms", "需求企业数（家）"}, CellKind::Number},
      {"needers", {"needers", "需求企业"}, CellKind::Text},
      {"supplier_count", {"could supply it, firms", "可供料企业数（家）"}, CellKind::Number},
      {"suppliers", {"could supply it", "可供料企业"}, CellKind::Text},
      {"anchors", {"anchors among needers or suppliers", "其中龙头企业"}, CellKind::Text},
      {"maker_count", {"local makers, firms", "本地生产企业数（家）"}, CellKind::Number},
      {"makers", {"local makers", "本地生产企业"}, CellKind::Text},
      {"makers_at_risk", {"of which at risk, firms", "其中有风险（家）"}, CellKind::Number},
      {"concentration", {"concentration (Herfindahl)", "集中度（赫芬达尔）"}, CellKind::Number},
      {"possible_makers", {"possible local makers", "可能的本地生产企业"}, CellKind::Text},
      {"nearby_count", {"nearby makers, firms", "邻近生产企业数（家）"}, CellKind::Number},
      {"nearby_makers", {"nearby makers", "邻近生产企业"}, CellKind::Text},
      {"siblings", {"local makers of akin segments", "本地同类环节企业"}, CellKind::Text},
      {"remedy", {"suggestion", "建议"}, CellKind::Text}};
  if (row.critical == nullptr) return;
  const std::vector<SheetColumn> critical = {
      {"criticality",
       {"anchors' output that stops without it, share", "关键度（断供影响的龙头产出占比）"},
       CellKind::Share},
      {"criticality_known",
       {"of which where its replaceability is known, share", "其中可替代性已知部分"},
       CellKind::Share},
      {"apart", {"ranked apart", "单列"}, CellKind::Text},
      {"critical_path", {"along", "影响路径"}, CellKind::Text},
      {"dominators", {"all need of it passes through", "对其需求必经环节"}, CellKind::Text}};
  sheet.columns.insert(sheet.columns.end(), critical.begin(), critical.end());
}

SheetCell apart_cell(const SegmentCriticality* one, const GapRow& row) {
  if (one == nullptr || !row.critical->ubiquitous(one->segment)) return std::monostate{};
  return Text{"more than half of all products need it", "半数以上产品所需"}.in(row.language);
}

SheetCell four_digits(double share) { return std::round(share * 1e4) / 1e4; }

std::vector<SheetCell> brief_row(std::size_t rank, const Gap& gap, const GapRow& row) {
  const Language language = row.language;
  const bool suppliers = named_are_suppliers(gap);
  const auto firms = [&](bool here) {
    return here && !gap.needers.empty() ? count(gap.needers.size()) : SheetCell();
  };
  const SegmentCriticality* one = row.critical == nullptr ? nullptr : row.critical->of(gap.segment);
  std::vector<SheetCell> cells = {count(rank), row.names.of(gap.segment),
                                  words(kind_and_why(gap, language)), demand_cell(gap, language)};
  if (row.around_anchors) cells.push_back(amount(gap.anchor_demand));
  const std::vector<SheetCell> rest = {
      supply_cell(gap, language),
      leakage_cell(gap, language),
      words(later_text(gap, language)),
      row.critical == nullptr ? SheetCell() : four_digits(one == nullptr ? 0 : one->criticality),
      short_remedy(gap.remedy, language),
      row.by_criticality ? apart_cell(one, row)
      : row.second_list
          ? SheetCell(Text{"services, energy, building", "服务、能源、建筑"}.in(language))
          : SheetCell(),
      row.by_criticality && one != nullptr ? row.names.segments(one->dominators) : SheetCell(),
      basis_text(gap.basis).in(language),
      row.by_size ? SheetCell() : row.names.products_of(gap),
      row.by_size && !suppliers ? row.names.buyers_of(gap) : SheetCell(),
      row.names.examples_of(gap),
      gap.kind == GapKind::Hidden ? row.names.causes_of(gap) : SheetCell(),
      firms(!suppliers),
      firms(suppliers),
      row.names.few_makers(gap),
      gap.nearby_makers.empty() ? SheetCell() : count(gap.nearby_makers.size()),
      row.names.firms(gap.anchors)};
  cells.insert(cells.end(), rest.begin(), rest.end());
  return cells;
}

std::vector<SheetCell> full_row(std::size_t rank, const Gap& gap, const GapRow& row) {
  const Names& names = row.names;
  const Language language = row.language;
  const std::optional<SegmentId> chain = row.tops->of(gap.segment);
  const auto weak = all_words(gap.weak, [&](WeakReason reason) {
    return weak_reason_text(gap, reason, Brief::No).in(language);
  });
  const std::optional<ImportShare> imported = import_share(row.graph, gap);
  const std::optional<Figure> supply = gap.supply ? gap.supply : later_supply(gap);
  const bool suppliers = named_are_suppliers(gap);
  const auto firm_count = [&](bool here) { return here ? count(gap.needers.size()) : SheetCell(); };
  const auto firms = [&](bool here) { return here ? names.firms_of(gap.needers) : SheetCell(); };
  std::vector<SheetCell> cells = {count(rank),
                                  names.of(gap.segment),
                                  words(chain ? names.of(*chain) : ""),
                                  words(kind_words(gap, language)),
                                  words(join_words(weak, language)),
                                  amount(gap.demand),
                                  amount(gap.demand_stated),
                                  amount(gap.anchor_demand),
                                  count(gap.needs_unknown),
                                  amount(supply),
                                  words(supply ? basis_text(supply->basis).in(language) : ""),
                                  amount(gap.supply_used),
                                  amount(gap.coverage),
                                  amount(gap.purchases),
                                  amount(realised_local_rate(gap)),
                                  imported ? four_digits(imported->share) : SheetCell(),
                                  words(imported ? basis_text(imported->basis).in(language) : ""),
                                  amount(gap.leakage_min),
                                  amount(gap.leakage_max),
                                  later_demand(gap),
                                  later_unmet(gap),
                                  words(rounds_text(gap, language)),
                                  names.causes_of(gap),
                                  basis_text(gap.basis).in(language),
                                  confidence(gap.confidence),
                                  names.products_of(gap),
                                  firm_count(!suppliers),
                                  firms(!suppliers),
                                  firm_count(suppliers),
                                  firms(suppliers),
                                  names.firms(gap.anchors),
                                  count(gap.makers.size()),
                                  names.firms_of(gap.makers),
                                  count(gap.makers_at_risk),
                                  two_digits(gap.concentration),
                                  names.firms_of(gap.possible_makers, gap.possible_maker_count),
                                  count(gap.nearby_makers.size()),
                                  names.firms_of(gap.nearby_makers),
                                  names.firms_of(gap.siblings, gap.sibling_count),
                                  remedy_text(gap.remedy).in(language)};
  if (row.critical == nullptr) return cells;
  const SegmentCriticality none;
  const SegmentCriticality* one = row.critical->of(gap.segment);
  const SegmentCriticality& found = one == nullptr ? none : *one;
  const std::vector<SheetCell> critical = {four_digits(found.criticality), four_digits(found.known),
                                           apart_cell(one, row), names.segments(found.path),
                                           names.segments(found.dominators)};
  cells.insert(cells.end(), critical.begin(), critical.end());
  return cells;
}

// `3 (1–7)`; the bare rank when nothing unknown could move it.
std::string rank_text(const Prospect& prospect) {
  if (prospect.rank == 0) return {};  // screened out
  if (prospect.rank_best == prospect.rank && prospect.rank_worst == prospect.rank) {
    return std::to_string(prospect.rank);
  }
  return fmt::format("{} ({}–{})", prospect.rank, prospect.rank_best, prospect.rank_worst);
}

std::vector<std::string> gap_names(const Prospect& prospect, const GapReport& report,
                                   const Names& names, Language language) {
  return all_words(prospect.gaps, [&](const FilledGap& filled) {
    const Gap& gap = report.gaps[filled.gap];
    const std::string kind = gap_text(gap.kind).in(language);
    return language == Language::Zh ? fmt::format("{}（{}）", names.of(gap.segment), kind)
                                    : fmt::format("{} ({})", names.of(gap.segment), kind);
  });
}

std::string source_row(const EnterpriseGraph& graph, const Provenance& provenance) {
  const Source& source = graph.source(provenance.source);
  std::string text = source.file.empty() ? source.citation : source.file;
  if (!source.sheet.empty()) text += fmt::format("#{}", source.sheet);
  if (!text.empty() && provenance.row > 0) text += fmt::format("!{}", provenance.row);
  return text;
}

std::string evidence_text(const EnterpriseGraph& graph, const Evidence& evidence,
                          Language language) {
  const Provenance provenance = graph.relation(evidence.relation).provenance(evidence.edge);
  const std::string source = source_row(graph, provenance);
  return fmt::format("{}: {} → {} [{}]{}{}", relation_text(evidence.relation).in(language),
                     graph.name(evidence.from), graph.name(evidence.to),
                     basis_text(provenance.basis).in(language), source.empty() ? "" : " ", source);
}

std::string sentences(const std::vector<Text>& texts, Language language) {
  return fmt::format(
      "{}", fmt::join(all_words(texts, [&](const Text& text) { return text.in(language); }),
                      language == Language::Zh ? "；" : "; "));
}

// What is told of a firm that was screened out is why.
std::vector<Text> reasons_of(const Prospect& prospect) {
  if (prospect.status != ProspectStatus::Screened) return prospect.reasons;
  return {prospect.screened_by};
}

std::string region_cell(const EnterpriseGraph& graph, const Prospect& prospect) {
  return region_full_name(graph.region(graph.entity(prospect.firm)).code);
}

// Without the province where a city follows: a terminal is narrow, and few cities share a name.
std::string brief_region_cell(const EnterpriseGraph& graph, const Prospect& prospect) {
  const RegionCode region = graph.region(graph.entity(prospect.firm)).code;
  std::string full = region_full_name(region);
  const std::string_view province = region_name(region.province());
  if (!province.ends_with("市") && full.size() > province.size() && full.starts_with(province)) {
    full.erase(0, province.size());
  }
  return full;
}

std::string unknown_words(const Prospect& prospect, Language language) {
  return join_words(
      all_words(prospect.unknown,
                [&](const std::string& word) { return unknown_text(word).in(language); }),
      language);
}

// The printed points add up to the printed score in whole hundredths, where binary fractions
// would not.
double score_of(const Prospect& prospect) {
  double hundredths = 0;
  for (const ScorePart& part : prospect.parts) hundredths += std::round(part.points * 100);
  return hundredths / 100;
}

double best_score_of(const Prospect& prospect) {
  double hundredths = 0;
  for (const ScorePart& part : prospect.parts) {
    hundredths += std::round((part.known ? part.points : part.points_max) * 100);
  }
  return hundredths / 100;
}

std::vector<SheetColumn> brief_prospect_columns() {
  return {{"rank", {"rank", "名次"}, CellKind::Text, true},
          {"status", {"status", "类别"}, CellKind::Text},
          {"name", {"firm", "企业"}, CellKind::Text, true},
          {"region_name", {"from", "注册地"}, CellKind::Text},
          {"grade", {"grade", "等级"}, CellKind::Text},
          {"score", {"score", "得分"}, CellKind::Number},
          {"gaps", {"gaps", "可补环节"}, CellKind::Text},
          {"purchases", {"brings home at most, CNY/year", "至多带回（元/年）"}, CellKind::Money},
          {"anchors", {"anchors", "龙头企业"}, CellKind::Text},
          {"reason", {"main reason", "主要理由"}, CellKind::Text},
          {"unknown", {"not known", "尚缺信息"}, CellKind::Text}};
}

std::vector<SheetColumn> full_prospect_columns() {
  std::vector<SheetColumn> columns = {
      {"rank", {"rank", "名次"}, CellKind::Number},
      {"rank_best", {"best rank", "最好名次"}, CellKind::Number},
      {"rank_worst", {"worst rank", "最差名次"}, CellKind::Number},
      {"status", {"status", "类别"}, CellKind::Text},
      {"name", {"firm", "企业"}, CellKind::Text},
      {"credit_code", {"unified social credit code", "统一社会信用代码"}, CellKind::Code},
      {"region", {"region code", "行政区划代码"}, CellKind::Code},
      {"region_name", {"registered in", "注册地"}, CellKind::Text},
      {"region_basis", {"basis of region", "注册地依据"}, CellKind::Text},
      {"grade", {"grade", "等级"}, CellKind::Text},
      {"score", {"score, 0–100", "得分（0–100）"}, CellKind::Number}};
  for (std::size_t i = 0; i < kPartCount; ++i) {
    const Part part{static_cast<std::uint8_t>(i)};
    const Text name = part_text(part);
    columns.push_back({"points_" + std::string(part_word(part)),
                       {name.en + ", points", name.zh + "（分）"},
                       CellKind::Number});
  }
  const std::vector<SheetColumn> rest = {
      {"score_max",
       {"score were all known, 0–100", "信息补全后最高得分（0–100）"},
       CellKind::Number},
      {"gaps", {"gaps it would fill", "可补环节"}, CellKind::Text},
      {"makes", {"what it makes for them", "对应产品"}, CellKind::Text},
      {"purchases", {"brings home at most, CNY/year", "至多带回采购额（元/年）"}, CellKind::Money},
      {"purchases_basis", {"basis of purchases", "采购额依据"}, CellKind::Text},
      {"anchors", {"anchors served", "服务的龙头企业"}, CellKind::Text},
      {"reasons", {"reasons", "推荐理由"}, CellKind::Text},
      {"evidence", {"evidence [basis] source", "证据［依据］来源"}, CellKind::Text},
      {"risks", {"risks", "风险提示"}, CellKind::Text},
      {"unknown", {"not known", "尚缺信息"}, CellKind::Text},
      {"present", {"its firms in the district", "在本地的企业"}, CellKind::Text}};
  columns.insert(columns.end(), rest.begin(), rest.end());
  return columns;
}

// Columns of what a model says, behind all others, when one was used.
void add_link_columns(std::vector<SheetColumn>& columns, bool brief) {
  if (brief) {
    columns.push_back({"link", {"link", "链接概率"}, CellKind::Text});
    return;
  }
  columns.push_back({"link_probability", {"probability of a link", "链接概率"}, CellKind::Share});
  columns.push_back({"link_anchor", {"link with", "链接对象"}, CellKind::Text});
  columns.push_back({"link_margin", {"margin of the link", "链接评分"}, CellKind::Number});
  columns.push_back({"link_contributions",
                     {"what adds up to the margin", "评分构成（合计为链接评分）"},
                     CellKind::Text});
}

void add_link_cells(std::vector<SheetCell>& row, const std::optional<LearnedLink>& link,
                    const Names& names, bool brief, Language language) {
  if (!link) {
    row.resize(row.size() + (brief ? 1 : 4));
    return;
  }
  const std::string anchor = names.of(link->anchor);
  if (brief) {
    row.push_back(words(fmt::format("{} {}", probability_text(link->probability), anchor)));
    return;
  }
  row.push_back(std::round(link->probability * 1e6) / 1e6);
  row.push_back(words(anchor));
  row.push_back(std::round(link->margin * 1e4) / 1e4);
  row.push_back(words(contributions_text(*link, language)));
}

std::vector<SheetCell> brief_row(const Prospect& prospect, const GapReport& report,
                                 const EnterpriseGraph& graph, const Names& names,
                                 Language language) {
  const auto gaps = gap_names(prospect, report, names, language);
  const std::vector<Text> reasons = reasons_of(prospect);
  return {words(rank_text(prospect)),
          status_text(prospect.status).in(language),
          names.of(prospect.firm),
          words(brief_region_cell(graph, prospect)),
          std::string(1, prospect.grade),
          score_of(prospect),
          words(join_names(gaps, kFewNames, Counter::Segments, language)),
          words(prospect.purchases ? money_with_basis(*prospect.purchases, language) : ""),
          names.firms(prospect.anchors),
          words(reasons.empty() ? "" : reasons.front().in(language)),
          words(unknown_words(prospect, language))};
}

std::vector<SheetCell> full_row(const Prospect& prospect, const GapReport& report,
                                const EnterpriseGraph& graph, const Names& names,
                                Language language) {
  const EntityId firm = graph.entity(prospect.firm);
  const RegionFigure region = graph.region(firm);
  const auto rank = [](std::uint32_t number) -> SheetCell {
    if (number == 0) return std::monostate{};  // screened out
    return count(number);
  };
  std::vector<SheetCell> row = {
      rank(prospect.rank),
      rank(prospect.rank_best),
      rank(prospect.rank_worst),
      status_text(prospect.status).in(language),
      names.of(prospect.firm),
      words(std::string(graph.text(firm, EntityText::Code))),
      words(region.code.to_string()),
      words(region_cell(graph, prospect)),
      words(region.code.known() ? basis_text(region.basis).in(language) : ""),
      std::string(1, prospect.grade),
      score_of(prospect)};
  for (const ScorePart& part : prospect.parts) row.push_back(std::round(part.points * 100) / 100);

  const auto makes =
      all_words(prospect.gaps, [&](const FilledGap& filled) { return names.of(filled.segment); });
  const auto evidence = all_words(prospect.evidence, [&](const Evidence& item) {
    return evidence_text(graph, item, language);
  });
  const std::vector<SheetCell> rest = {
      best_score_of(prospect),
      words(join_names(gap_names(prospect, report, names, language), kNamesFull, Counter::Segments,
                       language)),
      words(join_names(makes, kNamesFull, Counter::Segments, language)),
      amount(prospect.purchases),
      words(prospect.purchases ? basis_text(prospect.purchases->basis).in(language) : ""),
      names.firms(prospect.anchors),
      words(sentences(reasons_of(prospect), language)),
      words(fmt::format("{}", fmt::join(evidence, language == Language::Zh ? "；" : "; "))),
      words(join_words(prospect.risks, language)),
      words(unknown_words(prospect, language)),
      names.firms(prospect.present)};
  row.insert(row.end(), rest.begin(), rest.end());
  return row;
}

}  // namespace

Sheet gap_sheet(const EnterpriseGraph& graph, const GapReport& report, const SheetOptions& options,
                const Criticality* criticality, const GapSelection* selection) {
  const bool chosen = selection != nullptr && narrows(selection->query);
  Sheet sheet;
  sheet.title = chosen && !selection->places.empty()
                    ? selection_title(graph, report, *selection)
                    : Text{"Gaps in the industry chains", "产业链缺口清单"};
  if (options.brief) {
    sheet.title.en += " (amounts in CNY a year)";
    sheet.title.zh += "（金额：元/年）";
  }
  const Names names(graph, report, options);
  const CriticalGaps critical(criticality);
  const GapQuery query = selection == nullptr ? GapQuery() : selection->query;
  TopmostAncestors tops(graph);
  GapRow row{graph,
             names,
             options.language,
             criticality == nullptr ? nullptr : &critical,
             query.around_anchors == AroundAnchors::Yes,
             query.order == GapOrder::Criticality,
             report.by_size,
             &tops};
  options.brief ? add_brief_columns(sheet, row) : add_full_columns(sheet, row);
  const std::size_t all = selection == nullptr ? report.gaps.size() : selection->places.size();
  // Around anchors what stands apart is a list of its own, as long as the other.
  const bool two_lists = row.around_anchors && !row.by_criticality && selection->apart > 0;
  const std::size_t among = two_lists ? all - selection->apart : all;
  bool counted = false;  // whether a gap is shown whose place follows from its weight
  std::size_t shown = 0;
  for (std::size_t i = 0; i < all; ++i) {
    const std::size_t rank = i < among ? i + 1 : i - among + 1;
    if (options.most > 0 && rank > options.most) continue;
    ++shown;
    row.second_list = i >= among;
    const Gap& gap = report.gaps[selection == nullptr ? i : selection->places[i]];
    counted = counted || (!severity_amount(gap) && !named_are_suppliers(gap));
    sheet.rows.push_back(options.brief ? brief_row(rank, gap, row) : full_row(i + 1, gap, row));
  }
  if (options.brief && !sheet.rows.empty()) drop_empty_columns(sheet);
  if (report.gaps.empty()) {
    sheet.notes = {report.met.empty()
                       ? Text{"no gap is known: nothing says what local products need",
                              "无从得知缺口：没有资料说明本地产品需要什么"}
                       : Text{"no gap: nothing that local firms need is missing or weak here",
                              "没有缺口：本地企业所需的环节在本地均可配套"}};
  } else if (chosen) {
    sheet.notes = selection_notes(graph, report, *selection, shown);
  } else {
    sheet.notes = {shown_of({"gaps", "缺口"}, shown, all, "个")};
  }
  sheet.notes.push_back(report.anchors.said());
  if (report.unlocated_firms > 0) {
    sheet.notes.push_back(
        {fmt::format("firms whose region is not known, counted neither here nor nearby: {}",
                     report.unlocated_firms),
         fmt::format("地区不明、既未计入本地也未计入邻近的企业 {} 家", report.unlocated_firms)});
  }
  if (report.weighted && counted && !row.by_criticality) {
    sheet.notes.push_back(report.by_size
                              ? Text{"gaps without an amount: most needed first, by registered "
                                     "capital × share of the "
                                     "sector × coefficient × location quotient of the needers, "
                                     "less what local makers "
                                     "of such capital would meet; an order and no amount",
                                     "未计金额的缺口：按各需求企业注册资本 × 行业份额 × 投入系数 × "
                                     "区位商 之和、扣除本地"
                                     "同类企业资本可配套部分排列；只排先后，不是金额"}
                              : Text{"gaps without an amount: most needed first, by the "
                                     "coefficients of their needers added up",
                                     "未计金额的缺口：按各需求企业投入系数之和由大到小排列"});
  }
  if (criticality != nullptr && !sheet.rows.empty()) {
    sheet.notes.push_back(criticality_note(*criticality));
  }
  // Sectors of services, energy and building stand behind goods.
  const bool services = std::any_of(report.gaps.end() - static_cast<std::ptrdiff_t>(report.apart),
                                    report.gaps.end(), [&](const Gap& gap) {
                                      const std::string_view industry = graph.text(
                                          graph.entity(gap.segment), EntityText::Industry);
                                      return !industry.empty() && industry.front() > 'C';
                                    });
  const auto note_of = [&](std::size_t rows) {
    if (!services) return apart_note(rows);
    return Text{fmt::format("the last {} stand apart: services, energy and building", rows),
                fmt::format("最后 {} 个单列：服务、能源和建筑，不参与前面的排序", rows)};
  };
  if (!chosen && !row.by_criticality && shown + report.apart > all) {
    sheet.notes.push_back(note_of(shown + report.apart - all));
  }
  if (two_lists) {
    sheet.notes.push_back({"two lists: goods, then services, energy and building, each from 1",
                           "分两张清单：先产品，后服务、能源和建筑，各自从 1 编号"});
  } else if (chosen && !row.by_criticality && shown + selection->apart > all) {
    sheet.notes.push_back(note_of(shown + selection->apart - all));
  }
  if (row.by_criticality && shown + selection->ubiquitous > all) {
    sheet.notes.push_back(apart_note(shown + selection->ubiquitous - all));
  }
  std::ranges::transform(report.factors, std::back_inserter(sheet.notes),
                         [&](const FactorUse& use) { return factor_text(graph, use); });
  return sheet;
}

Sheet prospect_sheet(const EnterpriseGraph& graph, const GapReport& report,
                     const ProspectList& list, const SheetOptions& options) {
  Sheet sheet;
  sheet.title = {"Prospect list", "潜在招商对象清单"};
  sheet.columns = options.brief ? brief_prospect_columns() : full_prospect_columns();
  const bool learned = list.learned && list.learned->used;
  if (learned) add_link_columns(sheet.columns, options.brief);
  const Names names(graph, report, options);
  const auto add = [&](const std::vector<Prospect>& part) {
    const std::size_t most = options.most > 0 ? options.most : part.size();
    const std::size_t shown = std::min(most, part.size());
    for (std::size_t i = 0; i < shown; ++i) {
      sheet.rows.push_back(options.brief
                               ? brief_row(part[i], report, graph, names, options.language)
                               : full_row(part[i], report, graph, names, options.language));
      if (learned) {
        add_link_cells(sheet.rows.back(), part[i].link, names, options.brief, options.language);
      }
    }
    return shown;
  };
  Text said;
  const auto part = [&](const std::vector<Prospect>& rows, const Text& what, std::size_t all) {
    const Text here = shown_of(what, add(rows), all, "家");
    said.en += (said.en.empty() ? "" : "; ") + here.en;
    said.zh += (said.zh.empty() ? "" : "；") + here.zh;
  };
  part(list.prospects, {"prospects", "招商对象"}, list.prospect_count);
  part(list.unlocated, {"firms to be located first", "注册地待核"}, list.unlocated_count);
  part(list.expansions, {"already present (expansion)", "已在本地（增资扩产）"},
       list.expansion_count);
  part(list.screened, {"screened out", "按政策筛除"}, list.screened.size());
  if (list.prospect_count + list.unlocated_count + list.expansion_count == 0) {
    sheet.notes.push_back(
        {"no firm of these tables would fill a gap here; add tables of firms from "
         "elsewhere",
         "表中没有可补本地缺口的企业；请加入外地企业的表"});
  }
  sheet.notes.push_back(said);
  if (list.learned) sheet.notes.push_back(list.learned->remark);
  return sheet;
}

}  // namespace liantu

#include "report/prospects/prospect_columns.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "chain/segments/topmost_ancestors.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/chain/gaps/kind_rows.hpp"
#include "liantu/report/prospects/introduction_sheet.hpp"
#include "report/gaps/report_json.hpp"
#include "report/prospects/introduction_member.hpp"
#include "report/prospects/introduction_words.hpp"
#include "report/prospects/propensity_columns.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr std::size_t kMostNames = 50;
constexpr std::size_t kFewGaps = 2;

// `3 (1–7)`; the bare rank when nothing unknown could move it.
std::string rank_text(const Prospect& prospect) {
  if (prospect.rank == 0) return {};  // screened out
  if (prospect.rank_best == prospect.rank && prospect.rank_worst == prospect.rank) {
    return std::to_string(prospect.rank);
  }
  return fmt::format("{} ({}–{})", prospect.rank, prospect.rank_best, prospect.rank_worst);
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

// Without the province where a city follows: a terminal is narrow, and few cities share a name.
std::string brief_region(RegionCode region) {
  std::string full = region_full_name(region);
  const std::string_view province = region_name(region.province());
  if (!province.ends_with("市") && full.size() > province.size() && full.starts_with(province)) {
    full.erase(0, province.size());
  }
  return full;
}

// Printed points add up to the printed score in whole hundredths, where binary fractions would not.
std::int64_t hundredths(double points) { return std::llround(points * 100); }

template <typename Points>
double sum_of(const Prospect& prospect, Points points) {
  std::int64_t sum = 0;
  for (const ScorePart& part : prospect.parts) sum += hundredths(points(part));
  return static_cast<double>(sum) / 100;
}

std::string decimal(std::int64_t hundredths) {
  return fmt::format("{}{}.{:02}", hundredths < 0 ? "-" : "", std::abs(hundredths) / 100,
                     std::abs(hundredths) % 100);
}

// A part that counts only where arrivals are given is left out where they are not.
bool shown(ScorePartKind part, const ProspectTable& table) {
  return part != ScorePartKind::Propensity || table.arrivals;
}

void write_score(JsonOutput& out, std::string_view key, const Prospect* prospect,
                 const ProspectTable& table) {
  std::int64_t sum = 0;
  for (const ScorePart& part : prospect->parts) sum += hundredths(part.points);
  out.key(key);
  out.decimal(decimal(sum));
  const auto parts = [&](std::string_view name, bool known, double ScorePart::*points) {
    out.key(name);
    out.open_object();
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const ScorePartKind part{static_cast<std::uint8_t>(i)};
      if (!shown(part, table) || (!known && prospect->parts[i].known)) continue;
      out.key(part_word(part));
      out.decimal(decimal(hundredths(prospect->parts[i].*points)));
    }
    out.close_object();
  };
  parts("parts", true, &ScorePart::points);
  parts("parts_max", false, &ScorePart::points_max);
}

void write_gaps(JsonOutput& out, std::string_view key, const ProspectTable& table,
                const Prospect& prospect) {
  const ReportJson report(out, table.graph, table.report);
  out.key(key);
  out.open_array();
  for (const FilledGap& filled : prospect.gaps) {
    const Gap& gap = table.report.gaps[filled.gap];
    const Basis makes = table.graph.relation(RelationKind::Makes).provenance(filled.makes).basis;
    out.open_object();
    out.member("segment", report.name(gap.segment));
    out.member("kind", gap_word(gap.kind));
    out.member("makes", report.name(filled.segment));
    if (filled.kind) {
      out.member("makes_kind", goods_kinds()[*filled.kind].name.zh);
    } else {
      out.key("makes_kind");
      out.null();
    }
    out.member_cell("purchases", amount(filled.purchases), CellKind::Money);
    out.member("basis", basis_word(filled.purchases ? filled.purchases->basis : makes));
    out.close_object();
  }
  out.close_array();
}

void write_link(JsonOutput& out, std::string_view key, const ProspectTable& table,
                const std::optional<LearnedLink>& link) {
  out.key(key);
  if (!link) return out.null();
  out.open_object();
  out.member("anchor", table.graph.name(table.graph.entity(link->anchor)));
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

// What a model says, behind all other columns.
void add_link_columns(std::vector<Column<const Prospect*>>& columns, const ProspectTable& table) {
  using Col = Column<const Prospect*>;
  using Row = const Prospect*;
  const Language language = table.options.language;
  const auto rounded = [](double LearnedLink::*figure, double digits) {
    return [figure, digits](Row row) {
      return row->link ? SheetCell(std::round(*row->link.*figure * digits) / digits) : SheetCell();
    };
  };
  columns.insert(
      columns.end(),
      {Col(
           "link", {"link", "链接概率"}, CellKind::Text, kBrief | kJson,
           [&table](Row row) {
             if (!row->link) return SheetCell();
             return words(fmt::format("{} {}", probability_text(row->link->probability),
                                      table.names.of(row->link->anchor)));
           },
           [&table](auto& out, auto key, Row row) { write_link(out, key, table, row->link); }),
       Col("link_probability", {"probability of a link", "链接概率"}, CellKind::Share, kFull,
           rounded(&LearnedLink::probability, 1e6)),
       Col("link_anchor", {"link with", "链接对象"}, CellKind::Text, kFull,
           [&table](Row row) {
             return row->link ? words(table.names.of(row->link->anchor)) : SheetCell();
           }),
       Col("link_margin", {"margin of the link", "链接评分"}, CellKind::Number, kFull,
           rounded(&LearnedLink::margin, 1e4)),
       Col("link_contributions", {"what adds up to the margin", "评分构成（合计为链接评分）"},
           CellKind::Text, kFull, [language](Row row) {
             return row->link ? words(contributions_text(*row->link, language)) : SheetCell();
           })});
}

// Who calls the firm, behind why it should be called.
void add_introduction_columns(std::vector<Column<const Prospect*>>& columns,
                              const ProspectTable& table) {
  using Col = Column<const Prospect*>;
  using Row = const Prospect*;
  const Language language = table.options.language;
  const EnterpriseGraph& graph = table.graph;
  const auto told = [](const auto& tell) {
    return [tell](Row row) {
      return row->introduction ? words(tell(*row->introduction)) : SheetCell();
    };
  };
  const auto asked = [&graph](const Introduction& way) {
    return valid_utf8(graph.name(way.introducer));
  };
  columns.insert(
      columns.end(),
      {Col("introducer", {"who opens the door", "引荐人"}, CellKind::Text, kBrief,
           told([asked, language](const Introduction& way) {
             return fmt::format(fmt::runtime(language == Language::Zh ? "{}（{}）" : "{} ({})"),
                                asked(way), channel_text(way.channel).in(language));
           })),
       Col("channel", {"channel", "渠道"}, CellKind::Text, kFull,
           told([language](const Introduction& way) {
             return channel_text(way.channel).in(language);
           })),
       Col("introducer", {"who opens the door", "引荐人"}, CellKind::Text, kFull, told(asked)),
       Col("introduction", {"what to say", "怎么说"}, CellKind::Text, kFull,
           told([&graph, language](const Introduction& way) {
             return introduction_text(graph, way).in(language);
           })),
       Col("introduction_way", {"way [source]", "引荐路径〔来源〕"}, CellKind::Text, kFull,
           told([&graph, language](const Introduction& way) {
             return way_words(graph, way, language, true);
           })),
       Col("introduction", [&graph](auto& out, auto key, Row row) {
         out.key(key);
         row->introduction ? write_introduction(out, graph, *row->introduction) : out.null();
       })});
}

// Whether a row of a list says who calls its firm.
bool introduced(const ProspectList& list) {
  const auto has = [](const Prospect& one) { return one.introduction.has_value(); };
  return std::ranges::any_of(list.prospects, has) || std::ranges::any_of(list.unlocated, has);
}

// Whether a row of a list has been called on already.
bool contacted(const ProspectList& list) {
  const auto has = [](const Prospect& one) { return one.contact.has_value(); };
  return std::ranges::any_of(list.prospects, has) || std::ranges::any_of(list.unlocated, has) ||
         std::ranges::any_of(list.expansions, has) || std::ranges::any_of(list.screened, has);
}

// Where it stands in draws of the weights, behind its rank.
std::vector<Column<const Prospect*>> draw_columns(const ProspectTable& table) {
  using Col = Column<const Prospect*>;
  using Row = const Prospect*;
  const auto rank = [](std::uint32_t WeightDraws::*number) {
    return [number](Row row) { return row->draws ? count(*row->draws.*number) : SheetCell(); };
  };
  const Text top{fmt::format("share of draws in the first {}", table.draws_top),
                 fmt::format("抽样进入前 {} 名的占比", table.draws_top)};
  const auto share = [](Row row) {
    return row->draws ? SheetCell(std::round(row->draws->top_share * 1e6) / 1e6) : SheetCell();
  };
  return {Col("draws", {"rank, 5–95 % of draws", "名次（抽样 5%–95%）"}, CellKind::Text, kBrief,
              [](Row row) {
                if (!row->draws) return SheetCell();
                const auto [low, high, ignored] = *row->draws;
                return words(low == high ? std::to_string(low) : fmt::format("{}–{}", low, high));
              }),
          Col("draws_rank_low", {"rank, 5 % of draws", "名次（抽样 5%）"}, CellKind::Number, kFull,
              rank(&WeightDraws::rank_low)),
          Col("draws_rank_high", {"rank, 95 % of draws", "名次（抽样 95%）"}, CellKind::Number,
              kFull, rank(&WeightDraws::rank_high)),
          Col("draws_top_share", top, CellKind::Share, kSheets, share),
          Col("draws", [](auto& out, auto key, Row row) {
            out.key(key);
            if (!row->draws) return out.null();
            out.open_object();
            out.member_count("rank_low", row->draws->rank_low);
            out.member_count("rank_high", row->draws->rank_high);
            out.member_number("top_share", std::round(row->draws->top_share * 1e6) / 1e6);
            out.close_object();
          })};
}

// How far a firm has been called on.
void add_contact_columns(std::vector<Column<const Prospect*>>& columns,
                         const ProspectTable& table) {
  const Language language = table.options.language;
  const auto words_of = [language](const Prospect* row) {
    return words(row->contact ? contact_text(*row->contact).in(language) : "");
  };
  columns.push_back(Column<const Prospect*>("contact", {"contact so far", "对接情况"},
                                            CellKind::Text, kSheets, words_of));
  columns.push_back(
      Column<const Prospect*>("contact", [](auto& out, auto key, const Prospect* row) {
        if (!row->contact) {
          out.member_or_null(key, "");
          return;
        }
        out.key(key);
        out.open_object();
        out.member("state", contact_word(row->contact->state));
        out.member("stage", row->contact->stage);
        out.member_or_null("since", row->contact->since.to_string());
        out.member_or_null("reason", row->contact->reason);
        out.close_object();
      }));
}

}  // namespace

std::vector<std::string> gap_names(const Prospect& prospect, const ProspectTable& table) {
  const Language language = table.options.language;
  return all_words(prospect.gaps, [&](const FilledGap& filled) {
    const Gap& gap = table.report.gaps[filled.gap];
    return fmt::format(fmt::runtime(language == Language::Zh ? "{}（{}）" : "{} ({})"),
                       table.names.of(gap.segment),
                       gap_text(kind_of(gap, filled.kind)).in(language));
  });
}

ProspectTable prospect_table(const EnterpriseGraph& graph, const GapReport& report,
                             const ProspectList& list, const SheetOptions& options, bool learned) {
  return {graph,           report,        options,
          list.districts,  learned,       introduced(list),
          contacted(list), list.arrivals, list.draws > 0 ? list.draws_top : 0};
}

std::vector<Column<const Prospect*>> prospect_columns(const ProspectTable& table) {
  using Kind = CellKind;
  using Col = Column<const Prospect*>;
  using Row = const Prospect*;
  const Language language = table.options.language;
  const EnterpriseGraph& graph = table.graph;
  const Names& names = table.names;
  const auto region = [&graph](Row row) { return graph.region(graph.entity(row->firm)); };
  const auto name = [&names](Row row) { return names.of(row->firm); };
  const auto status = [language](Row row) { return status_text(row->status).in(language); };
  const auto grade = [](Row row) { return std::string(1, row->grade); };
  const auto score = [](Row row) {
    return sum_of(*row, [](const ScorePart& part) { return part.points; });
  };
  const auto unknown = [language](Row row) {
    return words(join_words(
        all_words(row->unknown,
                  [&](const std::string& word) { return unknown_text(word).in(language); }),
        language));
  };
  const auto anchors = [&names](Row row) { return names.firms(row->anchors); };
  const auto gaps = [&table, language](std::size_t shown) {
    return [&table, language, shown](Row row) {
      return words(join_names(gap_names(*row, table), shown, Counter::Segments, language));
    };
  };
  // Who is screened out has no rank: nothing in a sheet, 0 in JSON.
  const auto rank = [](std::uint32_t Prospect::*number) {
    return [number](Row row) { return row->*number == 0 ? SheetCell() : count(row->*number); };
  };
  const auto rank_number = [](std::uint32_t Prospect::*number) {
    return [number](auto& out, auto key, Row row) { out.member_count(key, row->*number); };
  };
  const auto firms = [&table](std::vector<FirmId> Prospect::*list) {
    return [&table, list](auto& out, auto key, Row row) {
      ReportJson(out, table.graph, table.report).firms(key, row->*list);
    };
  };
  const auto strings = [](std::vector<std::string> Prospect::*list) {
    return [list](auto& out, auto key, Row row) {
      out.member_list(key, row->*list,
                      [](const std::string& word) { return std::string_view(word); });
    };
  };

  const auto tops = std::make_shared<TopmostAncestors>(graph);

  std::vector<Col> columns = {
      Col("rank", {"rank", "名次"}, Kind::Text, kBrief | kLead,
          [](Row row) { return words(rank_text(*row)); }),
      Col("rank", {"rank", "名次"}, Kind::Number, kFull | kJson, rank(&Prospect::rank),
          rank_number(&Prospect::rank)),
      Col("rank_best", {"best rank", "最好名次"}, Kind::Number, kFull | kJson,
          rank(&Prospect::rank_best), rank_number(&Prospect::rank_best)),
      Col("rank_worst", {"worst rank", "最差名次"}, Kind::Number, kFull | kJson,
          rank(&Prospect::rank_worst), rank_number(&Prospect::rank_worst)),
      Col(
          "alike", {"any of", "同档（家）"}, Kind::Number, kBrief | kFull | kJson,
          [](Row row) { return row->alike > 1 ? count(row->alike) : SheetCell(); },
          [](auto& out, auto key, Row row) { out.member_count(key, row->alike); }),
      Col("status", {"status", "类别"}, Kind::Text, kSheets, status),
      Col("name", {"firm", "企业"}, Kind::Text, kBrief | kLead, name),
      Col("name", {"firm", "企业"}, Kind::Text, kFull, name),
      Col(
          "name", [&graph](Row row) { return std::string(graph.name(graph.entity(row->firm))); },
          Kind::Text),
      Col("credit_code", {"unified social credit code", "统一社会信用代码"}, Kind::Code,
          kFull | kJson,
          [&graph](Row row) {
            return words(std::string(graph.text(graph.entity(row->firm), EntityText::Code)));
          }),
      Col("region", {"region code", "行政区划代码"}, Kind::Code, kFull | kJson,
          [region](Row row) { return words(region(row).code.to_string()); }),
      Col("region_name", {"from", "注册地"}, Kind::Text, kBrief,
          [region](Row row) { return words(brief_region(region(row).code)); }),
      Col("region_name", {"registered in", "注册地"}, Kind::Text, kFull,
          [region](Row row) { return words(region_full_name(region(row).code)); }),
      Col(
          "region_basis", {"basis of region", "注册地依据"}, Kind::Text, kFull | kJson,
          [region, language](Row row) {
            const RegionFigure figure = region(row);
            return words(figure.code.known() ? basis_text(figure.basis).in(language) : "");
          },
          [region](auto& out, auto key, Row row) {
            const RegionFigure figure = region(row);
            out.member_or_null(key, figure.code.known() ? basis_word(figure.basis) : "");
          }),
      Col("grade", {"grade", "等级"}, Kind::Text, kSheets | kJson, grade),
      Col(
          "status", [](Row row) { return std::string(status_word(row->status)); }, Kind::Text),
      Col("screened_by",
          [](auto& out, auto key, Row row) {
            if (row->status == ProspectStatus::Screened) out.member(key, row->screened_by);
          }),
      Col("score", {"score", "得分"}, Kind::Number, kBrief, score),
      Col("score", {"score, 0–100", "得分（0–100）"}, Kind::Number, kFull | kJson, score,
          [&table](auto& out, auto key, Row row) { write_score(out, key, row, table); })};
  for (std::size_t i = 0; i < kPartCount; ++i) {
    const ScorePartKind part{static_cast<std::uint8_t>(i)};
    if (!shown(part, table)) continue;
    const Text heading = part_text(part);
    columns.push_back(Col("points_" + std::string(part_word(part)),
                          {heading.en + ", points", heading.zh + "（分）"}, Kind::Number, kFull,
                          [i](Row row) { return std::round(row->parts[i].points * 100) / 100; }));
  }
  columns.insert(
      columns.end(),
      {Col("score_max", {"score were all known, 0–100", "信息补全后最高得分（0–100）"},
           Kind::Number, kFull,
           [](Row row) {
             return sum_of(*row, [](const ScorePart& part) {
               return part.known ? part.points : part.points_max;
             });
           }),
       Col(
           "purchases", [](Row row) { return amount(row->purchases); }, Kind::Money),
       Col(
           "purchases_basis",
           [](Row row) {
             return words(std::string(row->purchases ? basis_word(row->purchases->basis) : ""));
           },
           Kind::Text),
       Col("gaps", {"gaps", "可补环节"}, Kind::Text, kBrief, gaps(kFewGaps)),
       Col("gaps", {"gaps it would fill", "可补环节"}, Kind::Text, kFull | kJson, gaps(kMostNames),
           [&table](auto& out, auto key, Row row) { write_gaps(out, key, table, *row); }),
       Col("chain", {"chain", "所属产业链"}, Kind::Text, kSheets | kJson,
           [&table, &names, language, tops](Row row) {
             std::vector<std::string> chains;
             for (const FilledGap& filled : row->gaps) {
               const auto chain = tops->of(table.report.gaps[filled.gap].segment);
               if (!chain) continue;
               const std::string chain_name = names.of(*chain);
               if (std::ranges::find(chains, chain_name) == chains.end())
                 chains.push_back(chain_name);
             }
             return words(join_words(chains, language));
           }),
       Col("makes", {"what it makes for them", "对应产品"}, Kind::Text, kFull,
           [&names, language](Row row) {
             const auto makes = all_words(row->gaps, [&](const FilledGap& filled) {
               return filled.kind ? goods_kinds()[*filled.kind].name.in(language)
                                  : names.of(filled.segment);
             });
             return words(join_names(makes, kMostNames, Counter::Segments, language));
           }),
       Col("purchases", {"brings home at most, CNY/year", "至多带回（元/年）"}, Kind::Money, kBrief,
           [language](Row row) {
             return words(row->purchases ? money_with_basis(*row->purchases, language) : "");
           }),
       Col("purchases", {"brings home at most, CNY/year", "至多带回采购额（元/年）"}, Kind::Money,
           kFull, [](Row row) { return amount(row->purchases); }),
       Col("purchases_basis", {"basis of purchases", "采购额依据"}, Kind::Text, kFull,
           [language](Row row) {
             return words(row->purchases ? basis_text(row->purchases->basis).in(language) : "");
           }),
       Col("counted", {"of it counted in the list's total, CNY/year", "计入清单合计（元/年）"},
           Kind::Money, kFull | kJson, [](Row row) { return amount(row->counted); }),
       Col("gap_share", {"share of its first gap's leakage, at most", "占首个缺口外购额（至多）"},
           Kind::Share, kFull | kJson,
           [&table](Row row) {
             const FilledGap& first = row->gaps.front();
             const auto leakage = table.report.gaps[first.gap].leakage_max;
             if (!first.purchases || !leakage || !(*leakage > 0)) return SheetCell();
             return SheetCell(std::round(first.purchases->value / *leakage * 1e4) / 1e4);
           }),
       Col("elsewhere", {"other districts' lists (estimate)", "另在几个区县的清单（估算）"},
           Kind::Text, kSheets,
           [&table](Row row) {
             if (table.districts == 0 || row->status == ProspectStatus::Screened)
               return SheetCell();
             return words(fmt::format("{}/{}", row->elsewhere, table.districts));
           }),
       Col("elsewhere",
           [](auto& out, auto key, Row row) { out.member_count(key, row->elsewhere); }),
       Col("km", {"distance, km (estimate)", "距离（公里，估算）"}, Kind::Number, kFull | kJson,
           [](Row row) { return row->km ? SheetCell(std::round(*row->km)) : SheetCell(); }),
       Col(
           "near", {"its firms in the province", "在本省（市）的企业"}, Kind::Text, kFull | kJson,
           [&names](Row row) { return names.firms(row->near); }, firms(&Prospect::near)),
       Col("anchors", {"anchors", "龙头企业"}, Kind::Text, kBrief, anchors),
       Col("anchors", {"anchors served", "服务的龙头企业"}, Kind::Text, kFull | kJson, anchors,
           firms(&Prospect::anchors)),
       Col("reason", {"main reason", "主要理由"}, Kind::Text, kBrief,
           [language](Row row) {
             const std::vector<Text> reasons = reasons_of(*row);
             return words(reasons.empty() ? "" : reasons.front().in(language));
           }),
       Col(
           "reasons", {"reasons", "推荐理由"}, Kind::Text, kFull | kJson,
           [language](Row row) { return words(sentences(reasons_of(*row), language)); },
           [](auto& out, auto key, Row row) {
             out.key(key);
             out.open_array();
             for (const Text& reason : row->reasons) out.said(reason);
             out.close_array();
           }),
       Col(
           "evidence", {"evidence [basis] source", "证据［依据］来源"}, Kind::Text, kFull | kJson,
           [&graph, language](Row row) {
             const auto evidence = all_words(row->evidence, [&](const Evidence& item) {
               return evidence_text(graph, item, language);
             });
             return words(
                 fmt::format("{}", fmt::join(evidence, language == Language::Zh ? "；" : "; ")));
           },
           [&table](auto& out, auto key, Row row) {
             ReportJson report(out, table.graph, table.report);
             out.key(key);
             out.open_array();
             for (const Evidence& item : row->evidence)
               report.evidence(item.relation, item.edge, item.from, item.to);
             out.close_array();
           }),
       Col(
           "risks", {"risks", "风险提示"}, Kind::Text, kFull | kJson,
           [language](Row row) { return words(join_words(row->risks, language)); },
           strings(&Prospect::risks)),
       Col("unknown", {"not known", "尚缺信息"}, Kind::Text, kSheets | kJson, unknown,
           strings(&Prospect::unknown)),
       Col(
           "present", {"its firms in the district", "在本地的企业"}, Kind::Text, kFull | kJson,
           [&names](Row row) { return names.firms(row->present); }, firms(&Prospect::present))});
  if (table.arrivals) add_propensity_columns(columns, table);
  if (table.draws_top > 0) {
    const auto behind = std::ranges::find(columns, "alike", &Col::key) + 1;
    const std::vector<Col> drawn = draw_columns(table);
    columns.insert(behind, drawn.begin(), drawn.end());
  }
  if (table.contacted) add_contact_columns(columns, table);
  if (table.introduced) add_introduction_columns(columns, table);
  if (table.learned) add_link_columns(columns, table);
  return columns;
}

}  // namespace liantu

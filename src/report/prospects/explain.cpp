#include "liantu/report/prospects/explain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/display_width.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/base/values/money.hpp"
#include "liantu/chain/gaps/gap_shares.hpp"
#include "liantu/chain/gaps/kind_rows.hpp"
#include "liantu/prospects/explanation/comparison.hpp"
#include "liantu/prospects/firms/availability.hpp"
#include "liantu/report/formats/markdown.hpp"
#include "liantu/report/formats/table_text.hpp"
#include "liantu/report/prospects/introduction_sheet.hpp"
#include "report/prospects/lift_words.hpp"
#include "report/prospects/propensity_columns.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

// Which part of the score parts two firms.
Text comparison_text(const EnterpriseGraph& graph, const GapReport& report, const Prospect& first,
                     const Prospect& second) {
  const ProspectComparison found = compare(first, second);
  if (!found.decides) {
    return {"both have the same score", "两家得分相同"};
  }
  const bool ahead = found.score > 0;
  const std::string leader(firm_name(graph, report.newcomers, ahead ? first.firm : second.firm));
  const Text part = part_text(*found.decides);
  const double by = std::abs(found.ahead[static_cast<std::size_t>(*found.decides)]);
  return {fmt::format("{} is {:.2f} points ahead; what decides is {} ({:.2f})", leader,
                      std::abs(found.score), part.en, by),
          fmt::format("{}领先 {:.2f} 分，主要因为{}（{:.2f} 分）", leader, std::abs(found.score),
                      part.zh, by)};
}

/// What an explanation is written as.
enum class Dialect : std::uint8_t { Terminal, Markdown };

class Explanation {
 public:
  Explanation(const EnterpriseGraph& graph, const GapReport& report, const ProspectList& list,
              const Prospect& prospect, const TableStyle& style, const Explained& more,
              Dialect dialect)
      : graph_(graph),
        report_(report),
        list_(list),
        prospect_(prospect),
        style_(style),
        more_(more),
        dialect_(dialect) {}

  std::string write() {
    head();
    reasons();
    parts();
    coming();
    link();
    gaps();
    evidence();
    against();
    doubts();
    comparison();
    assumed();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view say(std::string_view en, std::string_view zh) const {
    return style_.language == Language::Zh ? zh : en;
  }
  [[nodiscard]] std::string name(EntityId entity) const { return std::string(graph_.name(entity)); }
  [[nodiscard]] std::string name(FirmId firm) const {
    return fmt::format("{}{}", firm_name(graph_, report_.newcomers, firm),
                       newcomer_mark(graph_, firm, style_.language));
  }

  [[nodiscard]] std::string place_of(RegionCode region) const {
    if (!region.known()) return std::string(say("region unknown", "地区未知"));
    const std::string full = region_full_name(region);
    return full.empty() ? region.to_string() : full;  // an abolished division has no name
  }

  // Words of the tables may hold anything, control characters too.
  void say_line(std::string_view words, std::string_view mark = {}) {
    if (dialect_ == Dialect::Markdown) {
      const bool item = mark.starts_with(' ');
      out_ += item ? "- " : "";
      out_ += markdown_text(std::string(item ? std::string_view() : mark) + std::string(words));
      out_ += item ? "\n" : "\n\n";
      return;
    }
    const std::size_t taken = display_width(mark);
    const std::size_t room = style_.width > taken + 2 ? style_.width - taken : 2;
    const auto lines =
        style_.width == 0 ? std::vector{printable(words)} : wrap_width(printable(words), room);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out_ += (i == 0 ? std::string(mark) : std::string(taken, ' ')) + lines[i] + '\n';
    }
  }

  // Ends a paragraph.
  void blank_line() {
    if (!out_.ends_with("\n\n")) out_ += '\n';
  }

  void table(const Sheet& sheet) {
    if (dialect_ == Dialect::Markdown) {
      blank_line();
      out_ += render_markdown(sheet, style_.language, 2);
    } else {
      out_ += render_table(sheet, style_);
    }
  }

  void head() {
    const EntityId entity = graph_.entity(prospect_.firm);
    const RegionFigure region = graph_.region(entity);
    const std::string_view code = graph_.text(entity, EntityText::Code);
    if (dialect_ == Dialect::Markdown) out_ += "# ";
    say_line(fmt::format("{}  {}  {}", name(entity),
                         code.empty() ? say("no code", "无信用代码") : code,
                         place_of(region.code)));
    std::string line = status_text(prospect_.status).in(style_.language);
    if (prospect_.rank > 0) {
      line += fmt::format("  {} {}", say("rank", "名次"), prospect_.rank);
      if (prospect_.rank_best != prospect_.rank_worst) {
        line += fmt::format(" ({}–{})", prospect_.rank_best, prospect_.rank_worst);
      }
    }
    line += fmt::format("  {} {}  {} {:.2f}", say("grade", "等级"), prospect_.grade,
                        say("score", "得分"), prospect_.score);
    say_line(line);
    if (prospect_.status == ProspectStatus::Screened) {
      say_line(fmt::format("{}{}", say("kept off the list: ", "未列入清单："),
                           prospect_.screened_by.in(style_.language)));
    }
    for (const FirmId local : prospect_.present) {
      say_line(fmt::format("{}{}", say("already present as ", "已在本地："),
                           name(graph_.entity(local))));
    }
  }

  void reasons() {
    const Text why = why_text(graph_, report_, list_, prospect_);
    if (!why.en.empty()) say_line(why.in(style_.language));
    for (const Text& reason : prospect_.reasons) {
      say_line(reason.in(style_.language), "  • ");
    }
    if (prospect_.introduction) {
      say_line(introduction_text(graph_, *prospect_.introduction).in(style_.language), "  → ");
    }
    blank_line();
  }

  void parts() {
    Sheet sheet;
    const Text policy = policy_text(list_.policy.name);
    sheet.title = {fmt::format("parts of the score (policy: {})", policy.en),
                   fmt::format("得分构成（政策：{}）", policy.zh)};
    sheet.columns = {{"part", {"part", "评分项"}, CellKind::Text, true},
                     {"points", {"points", "得分"}, CellKind::Text},
                     {"weight", {"of", "满分"}, CellKind::Number},
                     {"missing", {"missing", "差额"}, CellKind::Text},
                     {"possible", {"if all were known, up to", "信息补全后最高"}, CellKind::Text}};
    const std::array<double, kPartCount> weights = part_weights(list_);
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const ScorePart& part = prospect_.parts[i];
      if (static_cast<ScorePartKind>(i) == ScorePartKind::Propensity && !list_.arrivals) continue;
      const double weight = weights[i];
      sheet.rows.push_back({part_text(static_cast<ScorePartKind>(i)).in(style_.language),
                            fmt::format("{:6.2f}", part.points), weight,
                            fmt::format("{:6.2f}", weight - part.points),
                            part.known ? std::string() : fmt::format("{:6.2f}", part.points_max)});
    }
    sheet.rows.push_back({std::string(say("sum", "合计")), fmt::format("{:6.2f}", prospect_.score),
                          100.0, fmt::format("{:6.2f}", 100 - prospect_.score), std::string()});
    table(sheet);
    blank_line();
  }

  // What its propensity to come is made of.
  void coming() {
    if (!prospect_.coming) return;
    const FirmPropensity& known = *prospect_.coming;
    Sheet sheet;
    sheet.title = known.rank == 0
                      ? Text{"propensity to come: it came already", "落户倾向：已在本地设有分支"}
                      : Text{fmt::format("propensity to come: place {} of {} firms, made up of",
                                         known.rank, list_.may_come),
                             fmt::format("落户倾向：{} 家企业中第 {} 位，构成如下", list_.may_come,
                                         known.rank)};
    sheet.columns = {{"factor", {"factor", "因子"}, CellKind::Text, true},
                     {"value", {"value", "取值"}, CellKind::Text},
                     {"adds", {"adds", "贡献"}, CellKind::Text},
                     {"rows", {"rows of the table of arrivals", "落户记录表行号"}, CellKind::Text}};
    for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
      sheet.rows.push_back({factor_text(static_cast<ArrivalFactor>(i)).in(style_.language),
                            fmt::format("{:8.4g}", known.factors[i]),
                            fmt::format("{:7.4f}", known.weights[i]),
                            arrival_rows(known.rows_of[i])});
    }
    out_ += render_table(sheet, style_) + "\n";
  }

  // Beside the score: what a trained model makes of it.
  void link() {
    if (!list_.learned) return;
    if (!list_.learned->used) {
      say_line(list_.learned->remark.in(style_.language));
      blank_line();
      return;
    }
    if (!prospect_.link) {
      say_line(say("link: no anchor it serves has it among its candidates, or it is linked already",
                   "链接概率：不在所服务龙头的候选之列，或已有链接"));
      blank_line();
      return;
    }
    const LearnedLink& link = *prospect_.link;
    const std::string anchor = name(graph_.entity(link.anchor));
    Sheet sheet;
    sheet.title = {fmt::format("link with {}: probability {}, margin {:.4f}, made up of", anchor,
                               probability_text(link.probability), link.margin),
                   fmt::format("与{}的链接：概率 {}，评分 {:.4f}，构成如下", anchor,
                               probability_text(link.probability), link.margin)};
    sheet.columns = {{"feature", {"feature", "特征"}, CellKind::Text, true},
                     {"adds", {"adds", "贡献"}, CellKind::Text},
                     {"meaning", {"meaning", "含义"}, CellKind::Text}};
    constexpr std::size_t kShown = 8;
    const auto add = [&](std::string word, double value, std::string meaning) {
      sheet.rows.push_back({std::move(word), fmt::format("{:+9.4f}", value), std::move(meaning)});
    };
    double others = 0;
    for (std::size_t i = 0; i < link.contributions.size(); ++i) {
      const auto& [feature, value] = link.contributions[i];
      if (i >= kShown) {
        others += value;
        continue;
      }
      const Text& meaning = pair_features()[pair_feature(feature).value()].meaning;
      add(std::string(feature), value, meaning.in(style_.language));
    }
    if (link.contributions.size() > kShown) {
      add(fmt::format("{} ({})", say("others", "其余"), link.contributions.size() - kShown), others,
          {});
    }
    add(std::string(say("bias", "常数项")), link.bias, {});
    sheet.notes = {list_.learned->remark};
    table(sheet);
    blank_line();
  }

  [[nodiscard]] std::optional<double> share_of(const Gap& gap, std::string_view column) const {
    if (column == "local_rate") return realised_local_rate(gap);
    const auto imported = import_share(graph_, gap);
    return imported ? std::optional(imported->share) : std::nullopt;
  }

  // Most tables state neither: a column that is empty throughout is left out.
  void add_shares(Sheet& sheet) const {
    const SheetColumn columns[] = {
        {"local_rate", {"realised local rate", "本地配套率"}, CellKind::Share},
        {"import_share", {"imported", "进口比重"}, CellKind::Share}};
    for (const SheetColumn& column : columns) {
      const bool some = std::ranges::any_of(prospect_.gaps, [&](const FilledGap& filled) {
        return share_of(report_.gaps[filled.gap], column.key).has_value();
      });
      if (some) sheet.columns.push_back(column);
    }
  }

  void gaps() {
    Sheet sheet;
    sheet.title = {"gaps it would fill", "可补的缺口"};
    sheet.columns = {
        {"segment", {"segment", "环节"}, CellKind::Text, true},
        {"makes", {"it makes", "其产品"}, CellKind::Text},
        {"kind", {"kind", "类型"}, CellKind::Text},
        {"leakage", {"leakage, CNY/year", "外购额（元/年）"}, CellKind::Money},
        {"basis", {"basis", "依据"}, CellKind::Text},
        {"purchases", {"brings home at most, CNY/year", "至多可回流（元/年）"}, CellKind::Money},
        {"needers", {"needed by", "需求企业"}, CellKind::Text}};
    add_shares(sheet);
    for (const FilledGap& filled : prospect_.gaps) {
      const Gap& gap = report_.gaps[filled.gap];
      std::vector<std::string> needers;
      for (const Need& need : gap.needers) needers.push_back(name(need.firm));
      sheet.rows.push_back({name(graph_.entity(gap.segment)), name(graph_.entity(filled.segment)),
                            gap_text(kind_of(gap, filled.kind)).in(style_.language),
                            leakage_text(gap, Currency::InHeading, style_.language),
                            basis_text(gap.basis).in(style_.language), purchases(filled.purchases),
                            join_names(needers, 3, Counter::Firms, style_.language)});
      for (std::size_t i = sheet.rows.back().size(); i < sheet.columns.size(); ++i) {
        const auto share = share_of(gap, sheet.columns[i].key);
        sheet.rows.back().push_back(share ? SheetCell(*share) : SheetCell());
      }
    }
    table(sheet);
    if (prospect_.purchases && prospect_.gaps.size() > 1) {
      say_line(purchases(prospect_.purchases),
               say("brings home at most in all, each yuan and each market once, CNY/year: ",
                   "合计至多可回流（元/年，产出与市场均不重复计算）："));
    }
    blank_line();
  }

  [[nodiscard]] std::string purchases(const std::optional<Figure>& figure) const {
    return figure ? money_with_basis(*figure, style_.language) : std::string();
  }

  void evidence() {
    Sheet sheet;
    sheet.title = {"evidence", "证据"};
    sheet.columns = {{"relation", {"relation", "关系"}, CellKind::Text, true},
                     {"from", {"from", "起点"}, CellKind::Text, true},
                     {"to", {"to", "终点"}, CellKind::Text, true},
                     {"basis", {"basis", "依据"}, CellKind::Text},
                     {"confidence", {"confidence", "置信度"}, CellKind::Text},
                     {"source", {"file, row", "文件、行"}, CellKind::Text},
                     {"words", {"words", "原文"}, CellKind::Text}};
    for (const Evidence& one : prospect_.evidence) {
      const Relation relation = graph_.relation(one.relation);
      const Provenance from = relation.provenance(one.edge);
      sheet.rows.push_back(
          {relation_text(one.relation).in(style_.language), name(one.from), name(one.to),
           basis_text(from.basis).in(style_.language),
           fmt::format("{:.2f}", printed_confidence(static_cast<double>(from.confidence))),
           place(from), std::string(relation.detail(one.edge))});
    }
    table(sheet);
    blank_line();
  }

  // File and row, as far as they are known.
  [[nodiscard]] std::string place(const Provenance& from) const {
    std::string text = graph_.source(from.source).file;
    if (!text.empty() && from.row > 0) text += fmt::format(" {} {}", say("row", "行"), from.row);
    return text;
  }

  void against() {
    if (more_.against.empty()) return;
    Sheet sheet;
    sheet.title = {"what speaks against it", "不利因素"};
    sheet.columns = {{"against", {"against it", "不利因素"}, CellKind::Text, true},
                     {"source", {"file, row", "文件、行"}, CellKind::Text}};
    for (const Objection& one : more_.against) {
      const std::string source =
          one.evidence
              ? place(graph_.relation(one.evidence->relation).provenance(one.evidence->edge))
              : std::string();
      sheet.rows.push_back({one.said.in(style_.language), source});
    }
    table(sheet);
    blank_line();
  }

  // Both firms' parts side by side.
  void comparison() {
    if (more_.other == nullptr) return;
    const Prospect& other = *more_.other;
    const ProspectComparison found = compare(prospect_, other);
    Sheet sheet;
    const std::string one_name = name(prospect_.firm);
    const std::string other_name = name(other.firm);
    sheet.title = {fmt::format("compared with {}", other_name),
                   fmt::format("与{}比较", other_name)};
    sheet.columns = {{"part", {"part", "评分项"}, CellKind::Text, true},
                     {"first", {one_name, one_name}, CellKind::Text},
                     {"second", {other_name, other_name}, CellKind::Text},
                     {"ahead", {"ahead by", "领先"}, CellKind::Text}};
    for (std::size_t i = 0; i < kPartCount; ++i) {
      sheet.rows.push_back({part_text(static_cast<ScorePartKind>(i)).in(style_.language),
                            fmt::format("{:6.2f}", prospect_.parts[i].points),
                            fmt::format("{:6.2f}", other.parts[i].points),
                            fmt::format("{:+6.2f}", found.ahead[i])});
    }
    sheet.rows.push_back({std::string(say("sum", "合计")), fmt::format("{:6.2f}", prospect_.score),
                          fmt::format("{:6.2f}", other.score),
                          fmt::format("{:+6.2f}", found.score)});
    sheet.rows.push_back(
        {std::string(say("rank", "名次")), rank_of(prospect_), rank_of(other), std::string()});
    const Text said = comparison_text(graph_, report_, prospect_, other);
    sheet.notes = {said};
    table(sheet);
    blank_line();
  }

  [[nodiscard]] static std::string rank_of(const Prospect& one) {
    return one.rank == 0 ? std::string() : std::to_string(one.rank);
  }

  // What it would be were the assumptions true.
  void assumed() {
    if (more_.assumed.empty()) return;
    Sheet sheet;
    std::string en;
    std::string zh;
    for (const Text& one : more_.assumed) {
      en += (en.empty() ? "" : ", ") + one.en;
      zh += (zh.empty() ? "" : "、") + one.zh;
    }
    sheet.title = {fmt::format("assumed: {}", en), fmt::format("假设：{}", zh)};
    if (more_.then == nullptr) {
      sheet.notes = {{"it would then be on no list", "此时该企业不在任何清单上"}};
    } else {
      const Prospect& then = *more_.then;
      const ProspectComparison found = compare(then, prospect_);
      sheet.columns = {{"part", {"part", "评分项"}, CellKind::Text, true},
                       {"now", {"now", "现在"}, CellKind::Text},
                       {"then", {"then", "假设下"}, CellKind::Text},
                       {"change", {"change", "变化"}, CellKind::Text}};
      for (std::size_t i = 0; i < kPartCount; ++i) {
        sheet.rows.push_back({part_text(static_cast<ScorePartKind>(i)).in(style_.language),
                              fmt::format("{:6.2f}", prospect_.parts[i].points),
                              fmt::format("{:6.2f}", then.parts[i].points),
                              fmt::format("{:+6.2f}", found.ahead[i])});
      }
      sheet.rows.push_back(
          {std::string(say("sum", "合计")), fmt::format("{:6.2f}", prospect_.score),
           fmt::format("{:6.2f}", then.score), fmt::format("{:+6.2f}", found.score)});
      sheet.rows.push_back(
          {std::string(say("rank", "名次")), rank_of(prospect_), rank_of(then), std::string()});
      sheet.rows.push_back({std::string(say("status", "类别")),
                            status_text(prospect_.status).in(style_.language),
                            status_text(then.status).in(style_.language), std::string()});
      if (then.status == ProspectStatus::Screened) sheet.notes = {then.screened_by};
    }
    table(sheet);
    blank_line();
  }

  void doubts() {
    const LiftText lift = lift_text(graph_, report_, prospect_, kLiftInto);
    if (!lift.said.en.empty()) say_line(lift.said.in(style_.language));
    for (const Text& way : lift.ways) say_line(way.in(style_.language), "  • ");
    if (!lift.ways.empty()) blank_line();
    for (const std::string& risk : prospect_.risks) {
      say_line(risk, say("risk: ", "风险："));
    }
    for (const std::string& word : prospect_.unknown) {
      say_line(unknown_text(word).in(style_.language), say("not known: ", "未知："));
    }
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const ProspectList& list_;
  const Prospect& prospect_;
  const TableStyle& style_;
  const Explained& more_;
  Dialect dialect_;
  std::string out_;
};

// The part that speaks most for a firm, and the one that costs it most.
std::pair<std::size_t, std::size_t> strongest_and_weakest(const ProspectList& list,
                                                          const Prospect& prospect) {
  std::size_t most = 0;
  std::size_t least = 0;
  const std::array<double, kPartCount> weights = part_weights(list);
  const auto lost = [&](std::size_t i) { return weights[i] - prospect.parts[i].points; };
  for (std::size_t i = 1; i < kPartCount; ++i) {
    if (prospect.parts[i].points > prospect.parts[most].points) most = i;
    if (lost(i) > lost(least)) least = i;
  }
  return {most, least};
}

}  // namespace

Text why_text(const EnterpriseGraph& graph, const GapReport& report, const ProspectList& list,
              const Prospect& prospect) {
  if (prospect.rank == 0 || prospect.gaps.empty() || list.policy.weights.empty()) return {};
  const FilledGap& first = prospect.gaps.front();
  const Text kind = gap_text(kind_of(report.gaps[first.gap], first.kind));
  const std::string segment(graph.name(graph.entity(report.gaps[first.gap].segment)));
  const std::array<double, kPartCount> weights = part_weights(list);
  const auto [strongest, weakest] = strongest_and_weakest(list, prospect);
  const Text best = part_text(static_cast<ScorePartKind>(strongest));
  const Text worst = part_text(static_cast<ScorePartKind>(weakest));
  const double lost = weights[weakest] - prospect.parts[weakest].points;
  Text text{fmt::format("rank {}, {:.2f} points: it would fill the gap {} ({})", prospect.rank,
                        prospect.score, segment, kind.en),
            fmt::format("第 {} 名，{:.2f} 分：可补{}（{}）", prospect.rank, prospect.score, segment,
                        kind.zh)};
  if (prospect.purchases) {
    const Money most{prospect.purchases->value};
    const Text basis = basis_text(prospect.purchases->basis);
    text.en += fmt::format(" and bring home at most {} a year ({})",
                           format_money(most, Language::En), basis.en);
    text.zh += fmt::format("，每年至多带回 {}（{}）", format_money(most, Language::Zh), basis.zh);
  }
  text.en += fmt::format("; most speaks for it {} ({:.2f} of {} points)", best.en,
                         prospect.parts[strongest].points, plain_number(weights[strongest]));
  text.zh += fmt::format("；得分主要来自{}（{:.2f}/{} 分）", best.zh,
                         prospect.parts[strongest].points, plain_number(weights[strongest]));
  if (lost >= 0.005) {
    text.en += fmt::format(", most is lost by {} ({:.2f})", worst.en, lost);
    text.zh += fmt::format("，失分最多的是{}（{:.2f} 分）", worst.zh, lost);
  }
  return text;
}

LiftText lift_text(const EnterpriseGraph& graph, const GapReport& report, const Prospect& prospect,
                   std::size_t into) {
  if (!prospect.lift) return {};
  const RankLift& lift = *prospect.lift;
  if (lift.missing <= 0) {
    return {{fmt::format("it stands among the first {} already", into),
             fmt::format("已在前 {} 名之内", into)},
            {}};
  }
  LiftText text;
  text.said = {
      fmt::format("{:.2f} points more would bring it among the first {}", lift.missing, into),
      fmt::format("再得 {:.2f} 分可进入前 {} 名", lift.missing, into)};
  if (lift.parts.empty()) {
    std::vector<std::string> en;
    std::vector<std::string> zh;
    for (const LiftingPart& one : lift.together) {
      const Text part = part_text(one.part);
      const Text data = part_data_text(one.part);
      en.push_back(fmt::format("{} ({:.2f} points left)", part.en, one.room));
      zh.push_back(fmt::format("{}（尚余 {:.2f} 分）", part.zh, one.room));
      if (!one.unknown) continue;
      text.ways.push_back({fmt::format("{}: learn {}", part.en, data.en),
                           fmt::format("{}：请查明{}", part.zh, data.zh)});
    }
    text.said.en += fmt::format("; no part has so much left, it takes {} together: {}", en.size(),
                                join_words(en, Language::En));
    text.said.zh += fmt::format("；任何单项都不足以做到，至少需 {} 项同时改善：{}", zh.size(),
                                join_words(zh, Language::Zh));
    return text;
  }
  text.said.en += "; each of these could do it alone:";
  text.said.zh += "；以下任一项即可做到：";
  for (const LiftingPart& one : lift.parts) {
    text.ways.push_back(lifting_part_text(graph, report, one, lift.missing));
  }
  return text;
}

std::string explain_markdown(const EnterpriseGraph& graph, const GapReport& report,
                             const ProspectList& list, const Prospect& prospect, Language language,
                             const Explained& more) {
  const TableStyle style{.language = language};
  return Explanation(graph, report, list, prospect, style, more, Dialect::Markdown).write();
}

std::string explain_prospect(const EnterpriseGraph& graph, const GapReport& report,
                             const ProspectList& list, const Prospect& prospect,
                             const TableStyle& style, const Explained& more) {
  return Explanation(graph, report, list, prospect, style, more, Dialect::Terminal).write();
}

Text why_not_listed(const EnterpriseGraph& graph, const GapReport& report, FirmId firm) {
  const MayCome may = availability(graph, firm, report.district).may;
  if (may == MayCome::StruckOff || may == MayCome::Closing) return may_come_text(may);
  switch (standing(graph, firm, report.district)) {
    case Standing::Inside:
      return {"it is in the district itself", "企业本身就在该地区"};
    case Standing::Home:
      if (nearby(graph, firm, report.district)) {
        return {"it is nearby: a maker to buy from, not one to bring in",
                "企业就在附近：可就近采购，不属招商对象"};
      }
      return {fmt::format("it is registered in {}, and prospects come from outside it",
                          region_full_name(report.district.source_outside)),
              fmt::format("企业注册在{}，招商对象须来自其外",
                          region_full_name(report.district.source_outside))};
    default:
      break;
  }
  if (graph.relation(RelationKind::Makes).out_edges(graph.entity(firm)).empty()) {
    return {"no table says what it makes", "没有资料说明其主营产品"};
  }
  return {"nothing it makes is missing or weak in the district", "其产品在该地区没有缺口"};
}

}  // namespace liantu

#include "report/gaps/gap_words.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "report/words/words.hpp"

namespace liantu {
namespace {

std::string percent(double share) { return fmt::format("{:.0f}%", share * 100); }

// The largest maker's part of the supply, where all outputs are known.
std::optional<double> largest_share(const Gap& gap) {
  double largest = 0;
  double all = 0;
  for (const Maker& maker : gap.makers) {
    if (!maker.output) return std::nullopt;
    largest = std::max(largest, *maker.output);
    all += *maker.output;
  }
  return all > 0 ? std::optional(largest / all) : std::nullopt;
}

// A demand that may be larger leaves a coverage that may be smaller.
std::optional<std::string> coverage_words(const Gap& gap) {
  if (!gap.coverage) return std::nullopt;
  return (gap.coverage_at_most() && *gap.coverage > 0 ? "≤ " : "") + percent(*gap.coverage);
}

std::string round_text(int round, const std::string& amount, Language language) {
  return fmt::format(fmt::runtime(language == Language::Zh ? "{}轮：{}" : "{}: {}"), round, amount);
}

Text anchor_names(const EnterpriseGraph& graph, const GapReport& report) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> names;
  for (const FirmId firm : report.anchors.firms) {
    names.emplace_back(without_legal_form(firm_name(graph, report.newcomers, firm)));
  }
  return {join_names(names, kShown, Counter::Firms, Language::En),
          join_names(names, kShown, Counter::Firms, Language::Zh)};
}

}  // namespace

Text weak_reason_text(const Gap& gap, WeakReason reason, Brief brief) {
  const bool narrow = brief == Brief::Yes;
  const auto share = coverage_words(gap);
  if (reason == WeakReason::LowCoverage && share) {
    if (narrow) return {"covers " + *share, "配套 " + *share};
    return {"low coverage: " + *share, fmt::format("配套率低（{}）", *share)};
  }
  if (reason == WeakReason::SingleMaker && narrow) return {"one maker", "仅一家"};
  const auto largest = largest_share(gap);
  if (reason == WeakReason::OneCarries && largest) {
    const std::string part = percent(*largest);
    if (narrow) return {"one carries " + part, "一家占 " + part};
    return {"one maker carries it: " + part,
            fmt::format("一家独大（占 {}），缺之则配套率低", part)};
  }
  if (reason == WeakReason::MakersAtRisk) {
    const std::size_t all = gap.makers.size();
    if (narrow) {
      return {fmt::format("{} of {} at risk", gap.makers_at_risk, all),
              fmt::format("{}/{} 家有风险", gap.makers_at_risk, all)};
    }
    return {fmt::format("makers at risk: {} of {}", gap.makers_at_risk, all),
            fmt::format("生产企业有风险（{}/{} 家）", gap.makers_at_risk, all)};
  }
  return weak_text(reason);
}

std::string kinds_text(const GapFigures& gap, Language language) {
  std::vector<std::string> kinds;
  for (const GapKind kind : gap.kinds) kinds.push_back(gap_text(kind).in(language));
  return join_words(kinds, language);
}

std::string kind_and_why(const Gap& gap, Language language) {
  std::vector<std::string> why;
  for (const WeakReason reason : gap.weak) {
    why.push_back(weak_reason_text(gap, reason, Brief::Yes).in(language));
  }
  const bool told = std::ranges::find(gap.weak, WeakReason::LowCoverage) != gap.weak.end();
  if (!gap.weak.empty() && coverage_words(gap) && !told) {
    why.push_back(weak_reason_text(gap, WeakReason::LowCoverage, Brief::Yes).in(language));
  }
  const std::string words = kinds_text(gap, language);
  if (why.empty()) return words;
  return fmt::format(fmt::runtime(language == Language::Zh ? "{}：{}" : "{}: {}"), words,
                     join_words(why, language));
}

std::string later_text(const Gap& gap, Language language) {
  std::vector<std::string> rounds;
  for (const RoundDemand& round : gap.later) {
    rounds.push_back(
        round_text(round.round, compact_money(round.demand.value, language), language));
  }
  return join_words(rounds, language);
}

std::string later_unmet_text(const Gap& gap, Language language) {
  std::vector<std::string> rounds;
  for (const RoundDemand& round : gap.later) {
    const std::string amount =
        round.leakage ? compact_money(*round.leakage, language)
                      : fmt::format("≤ {}", compact_money(round.demand.value, language));
    rounds.push_back(gap.later.size() == 1 ? amount : round_text(round.round, amount, language));
  }
  return join_words(rounds, language);
}

std::string rounds_text(const Gap& gap, Language language) {
  const bool zh = language == Language::Zh;
  const auto money = [&](const std::optional<double>& value) {
    return value ? compact_money(*value, language) : std::string(zh ? "未知" : "unknown");
  };
  std::string text;
  for (const RoundDemand& round : gap.later) {
    if (!text.empty()) text += zh ? "；" : "; ";
    text += fmt::format(fmt::runtime(zh ? "第 {} 轮：需求 {}，本地可供 {}，缺口 {}"
                                        : "round {}: demand {}, local supply left {}, unmet {}"),
                        round.round, money(round.demand.value), money(round.available),
                        money(round.leakage));
  }
  return text;
}

bool named_are_suppliers(const Gap& gap) {
  // What is needed here has its needers; an extension, and a hidden gap that is one too, has not.
  return std::ranges::none_of(
      gap.kinds, [](GapKind kind) { return kind == GapKind::Missing || kind == GapKind::Weak; });
}

bool narrows(const GapQuery& query) {
  return !query.kinds.empty() || !query.asked.empty() || query.min_leakage > 0 ||
         query.around_anchors == AroundAnchors::Yes;
}

Text query_text(const EnterpriseGraph& graph, const GapReport& report, const GapQuery& query) {
  Text text;
  const auto add = [&](const std::string& en, const std::string& zh) {
    text.en += (text.en.empty() ? "" : " ") + en;
    text.zh += (text.zh.empty() ? "" : " ") + zh;
  };
  for (const GapKind kind : query.kinds) {
    add(fmt::format("--kind {}", gap_text(kind).en), fmt::format("--kind {}", gap_text(kind).zh));
  }
  for (const SegmentId segment : query.asked) {
    const bool chain = graph.text(graph.entity(segment), EntityText::Type) == "chain";
    const std::string words =
        fmt::format("{} {}", chain ? "--chain" : "--segment", graph.name(graph.entity(segment)));
    add(words, words);
  }
  if (query.min_leakage > 0) {
    add(fmt::format("--min-leakage {}", compact_money(query.min_leakage, Language::En)),
        fmt::format("--min-leakage {}", compact_money(query.min_leakage, Language::Zh)));
  }
  if (query.around_anchors == AroundAnchors::Yes) {
    const Text names = anchor_names(graph, report);
    add("--anchor " + names.en, "--anchor " + names.zh);
  }
  return text;
}

Text selection_title(const EnterpriseGraph& graph, const GapReport& report,
                     const GapSelection& selection) {
  const std::size_t all = report.gaps.size();
  const std::size_t here = selection.places.size();
  GapQuery rest = selection.query;
  rest.around_anchors = AroundAnchors::No;
  const Text words = query_text(graph, report, rest);
  if (selection.query.around_anchors == AroundAnchors::No) {
    return {fmt::format("{} of {} gaps in the industry chains, those that match {}", here, all,
                        words.en),
            fmt::format("产业链缺口清单：{} 个中符合 {} 的 {} 个", all, words.zh, here)};
  }
  const Text names = anchor_names(graph, report);
  const bool one = report.anchors.firms.size() == 1;
  return {
      fmt::format("{} of {} gaps in the industry chains, those that {} {} or could supply, or "
                  "that filling these would raise{}",
                  here, all, names.en, one ? "needs" : "need",
                  words.en.empty() ? "" : "; of them those that match " + words.en),
      fmt::format("产业链缺口清单：{} 个中的 {} 个，为{}所需、可供料或补链后带动的缺口{}", all,
                  here, names.zh, words.zh.empty() ? "" : fmt::format("，且符合 {}", words.zh))};
}

std::vector<Text> selection_notes(const EnterpriseGraph& graph, const GapReport& report,
                                  const GapSelection& selection, std::size_t shown) {
  const std::size_t all = report.gaps.size();
  const std::size_t here = selection.places.size();
  std::vector<Text> notes;
  const Text words = query_text(graph, report, selection.query);
  if (here == 0) {
    notes.push_back({fmt::format("none of {} gaps matches {}", all, words.en),
                     fmt::format("{} 个缺口中没有符合 {} 的", all, words.zh)});
  } else if (shown == here) {
    notes.push_back({fmt::format("gaps: {} of {} match {}", here, all, words.en),
                     fmt::format("缺口 {} 个，符合 {} 的 {} 个", all, words.zh, here)});
  } else {
    notes.push_back(
        {fmt::format("gaps: {} of the {} that match {}, out of {}", shown, here, words.en, all),
         fmt::format("缺口 {} 个，符合 {} 的 {} 个，列出 {} 个", all, words.zh, here, shown)});
  }
  if (selection.counted > 0) {
    notes.push_back({fmt::format("left out because their amount is not, or not wholly, known: {}",
                                 selection.counted),
                     fmt::format("金额不明或不全、因此未列入的缺口 {} 个", selection.counted)});
  }
  return notes;
}

}  // namespace liantu

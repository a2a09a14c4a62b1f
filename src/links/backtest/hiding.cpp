#include "liantu/links/backtest/hiding.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "links/backtest/ends.hpp"
#include "links/paths/draw.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {
namespace {

constexpr std::array<std::pair<HidePattern, std::string_view>, 3> kPatterns = {
    {{HidePattern::Links, "links"}, {HidePattern::Large, "large"}, {HidePattern::Firms, "firms"}}};

// Drawings of one seed must not follow each other.
enum Purpose : std::uint64_t { kDrawLinks = 1, kDrawFirms = 2, kDrawSources = 3 };

/// A pair of ends and the instances that join them, which are consecutive.
struct Link {
  EntityId from{0};
  EntityId to{0};
  EdgeRange edges;
};

std::vector<Link> links_of(const EnterpriseGraph& graph, const Relation& relation) {
  std::vector<Link> links;
  links.reserve(relation.size());
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    const EntityId from{i};
    const std::uint64_t first = relation.out_edges(from).first;
    const auto targets = relation.targets(from);
    for (std::size_t k = 0; k < targets.size(); ++k) {
      if (k > 0 && targets[k] == targets[k - 1]) {
        ++links.back().edges.last;
      } else {
        links.push_back({from, targets[k], {first + k, first + k + 1}});
      }
    }
  }
  return links;
}

EntityId source_of(const Link& link, SourceEnd end) {
  return end == SourceEnd::From ? link.from : link.to;
}

EntityId answer_of(const Link& link, SourceEnd end) { return source_of(link, opposite(end)); }

std::vector<std::uint32_t> degrees(const EnterpriseGraph& graph, const std::vector<Link>& links,
                                   SourceEnd end) {
  std::vector<std::uint32_t> result(graph.size(), 0);
  for (const Link& link : links) ++result[raw(source_of(link, end))];
  return result;
}

void check_cap(const AskOptions& options) {
  if (options.cap && *options.cap == 0) {
    throw Error(ErrorCode::InvalidArgument,
                {"the cap is 0, so that nobody could be asked; give 1 or more, or no cap",
                 "上限为 0，没有可提问的对象；请给 1 或更大的数，或不设上限"});
  }
}

/// Those of `size` things, each with a key, whose keys are the smallest, ascending by number.
template <typename Key>
std::vector<std::size_t> smallest(std::size_t size, std::size_t most, const Key& key) {
  std::vector<std::pair<decltype(key(std::size_t{0})), std::size_t>> keyed(size);
  for (std::size_t i = 0; i < size; ++i) keyed[i] = {key(i), i};
  most = std::min(most, size);
  std::nth_element(keyed.begin(), keyed.begin() + static_cast<std::ptrdiff_t>(most), keyed.end());
  std::vector<std::size_t> result(most);
  for (std::size_t i = 0; i < most; ++i) result[i] = keyed[i].second;
  std::sort(result.begin(), result.end());
  return result;
}

std::size_t share_of(double share, std::size_t size) {
  return std::max<std::size_t>(1, std::llround(share * static_cast<double>(size)));
}

/// Sizes of entities, for HidePattern::Large.
std::vector<double> sizes(const EnterpriseGraph& graph, const std::vector<Link>& links,
                          SourceEnd end) {
  const std::vector<std::uint32_t> degree = degrees(graph, links, end);
  std::vector<double> result(graph.size(), 0);
  for (const EntityNumber number : {EntityNumber::Revenue, EntityNumber::RegisteredCapital}) {
    std::size_t linked = 0;
    std::size_t stated = 0;
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      if (degree[i] == 0) continue;
      ++linked;
      const auto figure = graph.number(EntityId{i}, number);
      result[i] = figure ? figure->value : 0;
      stated += figure ? 1 : 0;
    }
    if (2 * stated >= linked) return result;
  }
  return {degree.begin(), degree.end()};
}

/// Chooses, and asks for, the reverse of every link chosen.
void add_reverses(const std::vector<Link>& links, std::vector<std::size_t>& chosen,
                  std::vector<bool>& asked) {
  const std::size_t size = chosen.size();
  for (std::size_t i = 0; i < size; ++i) {
    const Link& link = links[chosen[i]];
    const auto at =
        std::ranges::lower_bound(links, std::pair(link.to, link.from), {},
                                 [](const Link& one) { return std::pair(one.from, one.to); });
    if (at == links.end() || at->from != link.to || at->to != link.from) continue;
    chosen.push_back(static_cast<std::size_t>(at - links.begin()));
    asked[chosen.back()] = true;
  }
}

std::vector<EdgeId> edges_of(const std::vector<Link>& links,
                             const std::vector<std::size_t>& chosen) {
  std::vector<EdgeId> edges;
  for (const std::size_t i : chosen) {
    for (std::uint64_t edge = links[i].edges.first; edge < links[i].edges.last; ++edge) {
      edges.push_back(EdgeId{edge});
    }
  }
  return edges;
}

std::tuple<int, int, int> first_day(Date date) {
  return {date.year, std::max<int>(date.month, 1), std::max<int>(date.day, 1)};
}

Hiding ask(const EnterpriseGraph& graph, RelationKind kind, const std::vector<Link>& links,
           std::vector<EdgeId> hidden, const std::vector<bool>* asked, const AskOptions& options) {
  const Relation relation = graph.relation(kind);
  std::sort(hidden.begin(), hidden.end());
  hidden.erase(std::unique(hidden.begin(), hidden.end()), hidden.end());
  if (!hidden.empty() && raw(hidden.back()) >= relation.size()) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("{} has no instance {}", relation_word(kind), raw(hidden.back())),
                 fmt::format("{} 没有编号为 {} 的关系", relation_word(kind), raw(hidden.back()))});
  }
  Hiding result;
  result.links = links.size();
  result.task.relation = kind;
  result.task.source_end = options.source_end;
  const HiddenMask mask(relation.size(), hidden);
  const auto count_hidden = [&](const Link& link) {
    std::uint64_t count = 0;
    for (std::uint64_t edge = link.edges.first; edge < link.edges.last; ++edge) count += mask(edge);
    return count;
  };
  const auto visible = [&](EntityId from, EntityId to) {
    const auto targets = relation.targets(from);
    const auto [first, last] = std::equal_range(targets.begin(), targets.end(), to);
    const std::uint64_t edge = relation.out_edges(from).first;
    for (auto at = first; at != last; ++at) {
      if (!mask(edge + static_cast<std::uint64_t>(at - targets.begin()))) return true;
    }
    return false;
  };
  const std::vector<std::uint32_t> degree = degrees(graph, links, options.source_end);
  const auto capped = [&](EntityId source) {
    return options.cap && degree[raw(source)] >= *options.cap;
  };
  for (std::uint32_t i = 0; i < graph.size(); ++i) result.capped_sources += capped(EntityId{i});
  const auto is_cold = [&](EntityId entity) {
    return visible_neighbours(relation, entity, mask).empty();
  };
  std::vector<std::pair<EntityId, EntityId>> pairs;
  for (std::size_t i = 0; i < links.size(); ++i) {
    const Link& link = links[i];
    const std::uint64_t count = count_hidden(link);
    if (count == 0) continue;
    if (count < link.edges.size()) {
      ++result.known_before;
      continue;
    }
    ++result.hidden_links;
    if (asked != nullptr && !(*asked)[i]) continue;
    const EntityId source = source_of(link, options.source_end);
    if (link.from == link.to || capped(source)) continue;
    if (visible(link.to, link.from)) {
      ++result.reverse_visible;
      continue;
    }
    const EntityId answer = answer_of(link, options.source_end);
    if (options.cold == ColdLinks::LeftOut && (is_cold(source) || is_cold(answer))) {
      ++result.cold;
      continue;
    }
    pairs.emplace_back(source, answer);
  }
  std::sort(pairs.begin(), pairs.end());
  for (const auto& [source, answer] : pairs) {
    auto& questions = result.task.questions;
    if (questions.empty() || questions.back().source != source) questions.push_back({source, {}});
    questions.back().answers.push_back(answer);
  }
  if (auto& questions = result.task.questions;
      options.most_sources > 0 && questions.size() > options.most_sources) {
    const EntityKeys keys(graph);
    std::vector<LinkQuestion> drawn_questions;
    for (const std::size_t i :
         smallest(questions.size(), options.most_sources, [&](std::size_t place) {
           return drawn({options.seed, kDrawSources, keys(questions[place].source)});
         })) {
      drawn_questions.push_back(std::move(questions[i]));
    }
    questions = std::move(drawn_questions);
  }
  for (const LinkQuestion& question : result.task.questions) {
    result.asked_links += question.answers.size();
  }
  result.task.hidden = std::move(hidden);
  return result;
}

}  // namespace

std::string_view pattern_word(HidePattern pattern) {
  for (const auto& [known, word] : kPatterns) {
    if (known == pattern) return word;
  }
  return {};
}

std::optional<HidePattern> parse_pattern(std::string_view word) {
  for (const auto& [pattern, known] : kPatterns) {
    if (known == word) return pattern;
  }
  return std::nullopt;
}

Hiding ask_links(const EnterpriseGraph& graph, RelationKind relation, std::vector<EdgeId> hidden,
                 const AskOptions& options) {
  check_cap(options);
  return ask(graph, relation, links_of(graph, graph.relation(relation)), std::move(hidden), nullptr,
             options);
}

Hiding hide_links(const EnterpriseGraph& graph, const HideOptions& options) {
  check_cap(options.ask);
  if (!(options.share > 0 && options.share < 1)) {
    throw Error(
        ErrorCode::InvalidArgument,
        {fmt::format("share {} of hidden links is outside (0, 1); give such as 0.1", options.share),
         fmt::format("隐藏比例 {} 不在 0 与 1 之间；请写如 0.1", options.share)});
  }
  const Relation relation = graph.relation(options.relation);
  const SourceEnd end = options.ask.source_end;
  const std::vector<Link> links = links_of(graph, relation);
  const std::vector<std::uint32_t> degree = degrees(graph, links, end);
  const auto capped = [&](EntityId source) {
    return options.ask.cap && degree[raw(source)] >= *options.ask.cap;
  };
  const EntityKeys keys(graph);
  std::vector<std::size_t> eligible;
  for (std::size_t i = 0; i < links.size(); ++i) {
    const Link& link = links[i];
    if (link.from == link.to || capped(source_of(link, end))) continue;
    if (relation.connects(link.to, link.from)) {
      // Of the two only one is drawn, and takes the other with it.
      if (options.reverse == ReverseLinks::Visible || keys(link.to) < keys(link.from)) continue;
      if (capped(answer_of(link, end))) continue;
    }
    eligible.push_back(i);
  }
  if (eligible.empty()) {
    throw Error(
        ErrorCode::InvalidData,
        {fmt::format("no link of {} may be hidden: there are none, or each has a reverse link or a "
                     "source at the cap; take another relation or a higher cap",
                     relation_word(options.relation)),
         fmt::format("{} 没有可隐藏的链接：没有链接，或都有反向链接，或其一端已达上限；"
                     "请换一种关系或提高上限",
                     relation_word(options.relation))});
  }
  const std::uint64_t seed = options.ask.seed;
  std::vector<std::size_t> chosen;
  std::vector<bool> asked(links.size(), false);
  if (options.pattern == HidePattern::Firms) {
    std::vector<EntityId> firms;
    for (const std::size_t i : eligible) firms.push_back(answer_of(links[i], end));
    std::sort(firms.begin(), firms.end());
    firms.erase(std::unique(firms.begin(), firms.end()), firms.end());
    std::vector<bool> cold(graph.size(), false);
    for (const std::size_t i :
         smallest(firms.size(), share_of(options.share, firms.size()), [&](std::size_t place) {
           return drawn({seed, kDrawFirms, keys(firms[place])});
         })) {
      cold[raw(firms[i])] = true;
    }
    for (const std::size_t i : eligible) asked[i] = cold[raw(answer_of(links[i], end))];
    for (std::size_t i = 0; i < links.size(); ++i) {
      if (cold[raw(links[i].from)] || cold[raw(links[i].to)]) chosen.push_back(i);
    }
  } else {
    const bool large = options.pattern == HidePattern::Large;
    const std::vector<double> size =
        large ? sizes(graph, links, opposite(end)) : std::vector<double>();
    const auto key = [&](std::size_t place) {
      const Link& link = links[eligible[place]];
      const std::uint64_t number = drawn({seed, kDrawLinks, keys(link.from), keys(link.to)});
      // -ln u / w is the time at which a thing of weight w is drawn.
      const double weight = large ? std::max(size[raw(answer_of(link, end))], 1e-300) : 1.0;
      return std::pair(-std::log(fraction(number)) / weight, number);
    };
    for (const std::size_t i :
         smallest(eligible.size(), share_of(options.share, eligible.size()), key)) {
      chosen.push_back(eligible[i]);
      asked[eligible[i]] = true;
    }
    if (options.reverse == ReverseLinks::Hidden) add_reverses(links, chosen, asked);
  }
  return ask(graph, options.relation, links, edges_of(links, chosen), &asked, options.ask);
}

Hiding hide_after(const EnterpriseGraph& graph, const HideAfterOptions& options) {
  check_cap(options.ask);
  if (!options.from.known() ||
      (options.until.known() && first_day(options.until) <= first_day(options.from))) {
    throw Error(ErrorCode::InvalidArgument,
                {"the day from which links are hidden must be given, and lie before the day up to "
                 "which they are asked for",
                 "隐藏链接的起始日必须给出，且早于截止日"});
  }
  const Relation relation = graph.relation(options.relation);
  std::vector<EdgeId> hidden;
  std::vector<bool> later(relation.size(), false);
  std::size_t undated = 0;
  for (std::uint64_t edge = 0; edge < relation.size(); ++edge) {
    const Provenance provenance = relation.provenance(EdgeId{edge});
    const Date date = provenance.since.known() ? provenance.since : provenance.as_of;
    if (!date.known()) {
      ++undated;
    } else if (first_day(date) >= first_day(options.from)) {
      hidden.push_back(EdgeId{edge});
      later[edge] = options.until.known() && first_day(date) >= first_day(options.until);
    }
  }
  if (undated == relation.size()) {
    throw Error(ErrorCode::InvalidData,
                {fmt::format("no link of {} has a date, so that none can be hidden by date; give "
                             "dates, or hide a share by chance",
                             relation_word(options.relation)),
                 fmt::format("{} 的链接都没有日期，无法按日期隐藏；请补充日期，或按比例随机隐藏",
                             relation_word(options.relation))});
  }
  if (hidden.empty()) {
    throw Error(ErrorCode::InvalidData,
                {fmt::format("no link of {} started on or after {}; give an earlier day",
                             relation_word(options.relation), options.from.to_string()),
                 fmt::format("{} 没有在 {} 当日或之后开始的链接；请给更早的日期",
                             relation_word(options.relation), options.from.to_string())});
  }
  const std::vector<Link> links = links_of(graph, relation);
  std::vector<bool> asked(links.size());
  for (std::size_t i = 0; i < links.size(); ++i) {
    for (std::uint64_t edge = links[i].edges.first; edge < links[i].edges.last; ++edge) {
      if (!later[edge]) asked[i] = true;
    }
  }
  Hiding result = ask(graph, options.relation, links, std::move(hidden), &asked, options.ask);
  result.undated = undated;
  return result;
}

}  // namespace liantu

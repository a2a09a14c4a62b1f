#include "liantu/links/paths/relation_path.hpp"

#include <array>
#include <bitset>
#include <cstddef>
#include <optional>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "links/paths/step_limits.hpp"

namespace liantu {

namespace {

constexpr std::size_t kMostSteps = 8;

constexpr std::string_view kMiddleDot = "·";

struct NormalizerWord {
  Normalizer normalizer;
  std::string_view word;
};
constexpr std::array kNormalizerWords = {NormalizerWord{Normalizer::Degree, "deg"},
                                         NormalizerWord{Normalizer::SqrtDegree, "sqrt"},
                                         NormalizerWord{Normalizer::LogDegree, "log"}};

using Kinds = std::bitset<kEntityKinds.size()>;

std::size_t index(EntityKind kind) { return static_cast<std::size_t>(kind); }

bool step_allows(const PathStep& step, EntityKind from, EntityKind to) {
  return (step.direction != StepDirection::Backward && relation_allows(step.relation, from, to)) ||
         (step.direction != StepDirection::Forward && relation_allows(step.relation, to, from));
}

/// Kinds at which a step can arrive that leaves one of `from`.
Kinds kinds_reached(const PathStep& step, const Kinds& from) {
  Kinds reached;
  for (const EntityKind a : kEntityKinds) {
    for (const EntityKind b : kEntityKinds) {
      if (from[index(a)] && step_allows(step, a, b)) reached.set(index(b));
    }
  }
  return reached;
}

/// Kinds that a step can leave.
Kinds kinds_left(const PathStep& step) {
  Kinds left;
  for (const EntityKind a : kEntityKinds) {
    for (const EntityKind b : kEntityKinds) {
      if (step_allows(step, a, b)) left.set(index(a));
    }
  }
  return left;
}

std::string_view kind_in_chinese(EntityKind kind) {
  switch (kind) {
    case EntityKind::Firm:
      return "企业";
    case EntityKind::Segment:
      return "环节";
    case EntityKind::Person:
      return "人员";
    case EntityKind::Organization:
      return "组织";
    case EntityKind::Site:
      return "地块";
  }
  return "";
}

void append(Text& list, std::string_view en, std::string_view zh) {
  list.en += (list.en.empty() ? "" : ", ") + std::string(en);
  list.zh += (list.zh.empty() ? "" : "、") + std::string(zh);
}

Text list_of(const Kinds& kinds) {
  Text list;
  for (const EntityKind kind : kEntityKinds) {
    if (kinds[index(kind)]) append(list, entity_word(kind), kind_in_chinese(kind));
  }
  return list;
}

Text relations_known() {
  Text list;
  for (const RelationKind kind : kRelationKinds) {
    append(list, relation_word(kind),
           fmt::format("{}（{}）", relation_word(kind), relation_text(kind).zh));
  }
  return list;
}

Text names_known() {
  Text list;
  for (const NamedPath& named : named_paths()) append(list, named.name, named.name);
  return list;
}

Error invalid(std::string en, std::string zh) {
  return {ErrorCode::InvalidArgument, {std::move(en), std::move(zh)}};
}

std::string without_blanks(std::string_view text) {
  constexpr std::array<std::string_view, 6> kBlanks = {" ", "\t", "\r", "\n", "\u00a0", "\u3000"};
  std::string kept;
  while (!text.empty()) {
    if (text.front() == '"') {
      const std::size_t length = quoted_length(text);
      kept += text.substr(0, length);
      text.remove_prefix(length);
      continue;
    }
    std::size_t blank = 0;
    for (const std::string_view b : kBlanks) {
      if (text.starts_with(b)) blank = b.size();
    }
    if (blank == 0) kept += text.front();
    text.remove_prefix(blank == 0 ? 1 : blank);
  }
  return kept;
}

std::vector<std::string_view> split_steps(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t start = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      at += quoted_length(text.substr(at));
      continue;
    }
    if (text[at] == '[') inside = true;
    if (text[at] == ']') inside = false;
    const std::size_t dot = inside                                    ? 0
                            : text[at] == '.'                         ? 1
                            : text.substr(at).starts_with(kMiddleDot) ? kMiddleDot.size()
                                                                      : 0;
    if (dot != 0) {
      words.push_back(text.substr(start, at - start));
      start = at + dot;
    }
    at += dot == 0 ? 1 : dot;
  }
  words.push_back(text.substr(start));
  return words;
}

/// Reads the limits that `rest` begins with into a step.
/// @return  Their length.
std::size_t parse_brackets(std::string_view rest, std::string_view word, std::size_t number,
                           PathStep& step) {
  const Text where{fmt::format("relation path, step {} `{}`: ", number, quotable(word)),
                   fmt::format("关联路径第 {} 步“{}”：", number, quotable(word))};
  std::size_t end = 1;
  while (end < rest.size() && rest[end] != ']') {
    end += rest[end] == '"' ? quoted_length(rest.substr(end)) : 1;
  }
  if (end >= rest.size()) {
    throw invalid(where.en + "the bracket is not closed; write ] behind the limits",
                  where.zh + "方括号没有闭合；请在限定之后写 ]");
  }
  step.limits = parse_limits(rest.substr(1, end - 1), step.relation, where);
  return end + 1;
}

/// @param number  Of the step, from 1, for messages.
PathStep parse_step(std::string_view word, std::size_t number) {
  PathStep step;
  std::string_view rest = word;
  if (rest.starts_with('~')) step.direction = StepDirection::Backward;
  if (rest.starts_with('-')) step.direction = StepDirection::Either;
  if (step.direction != StepDirection::Forward) rest.remove_prefix(1);

  const std::size_t end_of_relation = rest.find_first_of("[/");
  const std::string_view relation_name = rest.substr(0, end_of_relation);
  const std::optional<RelationKind> relation = parse_relation(relation_name);
  if (!relation) {
    const Text relations = relations_known();
    const Text names = names_known();
    throw invalid(
        fmt::format("relation path, step {} `{}`: no relation `{}`; relations are {}; paths with a "
                    "name, to be given alone, are {}",
                    number, quotable(word), quotable(relation_name), relations.en, names.en),
        fmt::format("关联路径第 {} 步“{}”：没有名为“{}”的关系；可用的关系有：{}；可单独使用的"
                    "路径名有：{}",
                    number, quotable(word), quotable(relation_name), relations.zh, names.zh));
  }
  step.relation = *relation;
  if (end_of_relation == std::string_view::npos) return step;
  rest.remove_prefix(end_of_relation);
  if (rest.starts_with('[')) rest.remove_prefix(parse_brackets(rest, word, number, step));
  if (rest.empty()) return step;
  if (!rest.starts_with('/')) {
    throw invalid(fmt::format("relation path, step {} `{}`: `{}` stands behind the bracket; write "
                              "/deg, /sqrt, /log or nothing there",
                              number, quotable(word), quotable(rest)),
                  fmt::format("关联路径第 {} 步“{}”：方括号后不能写“{}”；请写 /deg、/sqrt、/log "
                              "之一，或不写",
                              number, quotable(word), quotable(rest)));
  }

  const std::string_view normalizer = rest.substr(1);
  for (const NormalizerWord& known : kNormalizerWords) {
    if (known.word != normalizer) continue;
    step.normalizer = known.normalizer;
    return step;
  }
  throw invalid(fmt::format("relation path, step {} `{}`: no normaliser `/{}`; write /deg, /sqrt, "
                            "/log or none",
                            number, quotable(word), quotable(normalizer)),
                fmt::format("关联路径第 {} 步“{}”：没有“/{}”这种归一方式；请写 /deg、/sqrt、/log "
                            "之一，或不写",
                            number, quotable(word), quotable(normalizer)));
}

}  // namespace

StepDirection turned(StepDirection direction) noexcept {
  switch (direction) {
    case StepDirection::Forward:
      return StepDirection::Backward;
    case StepDirection::Backward:
      return StepDirection::Forward;
    case StepDirection::Either:
      break;
  }
  return StepDirection::Either;
}

std::string RelationPath::to_string() const {
  std::string text;
  for (const PathStep& step : steps) {
    if (!text.empty()) text += '.';
    if (step.direction == StepDirection::Backward) text += '~';
    if (step.direction == StepDirection::Either) text += '-';
    text += relation_word(step.relation);
    if (step.limits.any()) text += '[' + limits_text(step.limits) + ']';
    for (const NormalizerWord& known : kNormalizerWords) {
      if (known.normalizer == step.normalizer) text.append("/").append(known.word);
    }
  }
  return text;
}

RelationPath parse_path(std::string_view text) {
  const std::string whole = without_blanks(text);
  if (whole.empty()) {
    const Text names = names_known();
    throw invalid(
        fmt::format("the relation path is empty; write steps such as supplies.~supplies, or one of "
                    "the names {}",
                    names.en),
        fmt::format("关联路径为空；请写出各步，例如 supplies.~supplies，或使用路径名：{}",
                    names.zh));
  }
  for (const NamedPath& named : named_paths()) {
    if (whole == named.name) return parse_path(named.path);
  }

  const std::vector<std::string_view> words = split_steps(whole);
  if (words.size() > kMostSteps) {
    throw invalid(
        fmt::format("relation path, step {} `{}`: a path has at most {} steps, this one "
                    "has {}; shorten it",
                    kMostSteps + 1, quotable(words[kMostSteps]), kMostSteps, words.size()),
        fmt::format("关联路径第 {} 步“{}”：一条路径最多 {} 步，这条有 {} 步；请缩短",
                    kMostSteps + 1, quotable(words[kMostSteps]), kMostSteps, words.size()));
  }
  RelationPath path;
  Kinds at = Kinds().set();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const PathStep step = parse_step(words[i], i + 1);
    if (find_invalid_utf8(step.limits.segment)) {
      throw invalid(
          fmt::format("relation path, step {} `{}`: the name of its segment is not UTF-8; write it "
                      "in UTF-8",
                      i + 1, quotable(words[i])),
          fmt::format("关联路径第 {} 步“{}”：环节名不是 UTF-8 编码；请改用 UTF-8 书写", i + 1,
                      quotable(words[i])));
    }
    const Kinds next = kinds_reached(step, at);
    if (next.none()) {
      const Text arrives = list_of(at);
      const Text leaves = list_of(kinds_left(step));
      throw invalid(
          fmt::format("relation path, step {} `{}`: it leaves {}, but `{}` before it arrives at "
                      "{}; put a step between them or turn one round with ~",
                      i + 1, words[i], leaves.en, words[i - 1], arrives.en),
          fmt::format("关联路径第 {} 步“{}”：这一步从{}出发，而前一步“{}”到达的是{}；请在两步之间"
                      "补一步，或用 ~ 反向走其中一步",
                      i + 1, words[i], leaves.zh, words[i - 1], arrives.zh));
    }
    at = next;
    path.steps.push_back(step);
  }
  return path;
}

bool path_joins(const RelationPath& path, EntityKind from, EntityKind to) {
  Kinds at;
  at.set(index(from));
  for (const PathStep& step : path.steps) at = kinds_reached(step, at);
  return at[index(to)];
}

std::optional<RelationPath> reversed(const RelationPath& path) {
  RelationPath result;
  for (std::size_t i = path.steps.size(); i-- > 0;) {
    PathStep step{path.steps[i].relation, turned(path.steps[i].direction), Normalizer::None,
                  path.steps[i].limits};
    if (step.limits.region.known()) return std::nullopt;
    // It leaves the entity that the step after it left.
    if (i + 1 < path.steps.size()) {
      const PathStep& after = path.steps[i + 1];
      const bool same_ways = after.relation == step.relation && after.direction == step.direction &&
                             after.limits == step.limits;
      if (after.normalizer != Normalizer::None && !same_ways) return std::nullopt;
      step.normalizer = after.normalizer;
    }
    result.steps.push_back(step);
  }
  if (!path.steps.empty() && path.steps.front().normalizer != Normalizer::None) return std::nullopt;
  return result;
}

const std::vector<NamedPath>& named_paths() {
  // A row whose steps are all of supplies is a scorer, too, in this order; see scorers().
  static const std::vector<NamedPath> paths = {
      {"common_neighbors", "-supplies.-supplies", "doi:10.1002/asi.20591"},
      {"adamic_adar", "-supplies.-supplies/log", "doi:10.1016/S0378-8733(03)00009-1"},
      {"resource_allocation", "-supplies.-supplies/deg", "doi:10.1140/epjb/e2009-00335-8"},
      {"l3", "-supplies.-supplies/sqrt.-supplies/sqrt", "doi:10.1038/s41467-019-09177-y"},
      {"directed_l3", "supplies.~supplies/sqrt.supplies/sqrt", "doi:10.3389/fdata.2021.666712"},
      {"directed_l5", "supplies.~supplies/sqrt.supplies/sqrt.~supplies/sqrt.supplies/sqrt",
       "doi:10.3389/fdata.2021.666712"},
      {"complement", "makes.~requires.~makes", "doi:10.14778/3402707.3402736"},
  };
  return paths;
}

}  // namespace liantu

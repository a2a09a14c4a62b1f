#include "links/paths/step_limits.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {

namespace {

struct NumberWord {
  EdgeNumber number;
  std::string_view word;
};
constexpr std::array kNumberWords = {NumberWord{EdgeNumber::Amount, "amount"},
                                     NumberWord{EdgeNumber::Share, "share"},
                                     NumberWord{EdgeNumber::Coefficient, "coefficient"},
                                     NumberWord{EdgeNumber::Substitutability, "substitutability"},
                                     NumberWord{EdgeNumber::ImportShare, "import_share"}};

/// Whether instances of a relation can state a number.
bool states(RelationKind relation, EdgeNumber number) {
  using enum RelationKind;
  switch (number) {
    case EdgeNumber::Amount:
      return relation == Supplies || relation == Makes;
    case EdgeNumber::Share:
      return relation == Supplies || relation == Makes || relation == Trades || relation == Owns;
    case EdgeNumber::Coefficient:
    case EdgeNumber::Substitutability:
    case EdgeNumber::ImportShare:
      return relation == Requires;
  }
  return false;
}

/// Whether a name can stand without quotes: letters, digits and what is beyond ASCII.
bool plain(std::string_view name) {
  return std::ranges::all_of(name, [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
           (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
  });
}

/// Beyond ASCII, what splits steps or counts as a blank is no letter either.
bool needs_quotes(std::string_view name) {
  return !plain(name) || name.find("·") != std::string_view::npos ||
         name.find("\u00a0") != std::string_view::npos ||
         name.find("\u3000") != std::string_view::npos;
}

std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ',') {
      parts.push_back(text.substr(start, at - start));
      start = at + 1;
    }
    at += text[at] == '"' ? quoted_length(text.substr(at)) : 1;
  }
  parts.push_back(text.substr(start));
  return parts;
}

class LimitsReader {
 public:
  LimitsReader(RelationKind relation, const Text& where) : relation_(relation), where_(where) {}

  StepLimits read(std::string_view text) {
    for (const std::string_view part : split(text)) read_one(part);
    if (limits_.from.known() && limits_.to.known() && limits_.from > limits_.to &&
        !std::string_view(limits_.from.to_string()).starts_with(limits_.to.to_string())) {
      fail(fmt::format("from={} is after to={}; swap them", limits_.from.to_string(),
                       limits_.to.to_string()),
           fmt::format("from={} 晚于 to={}；请对调", limits_.from.to_string(),
                       limits_.to.to_string()));
    }
    return limits_;
  }

 private:
  [[noreturn]] void fail(const std::string& en, const std::string& zh) const {
    throw Error(ErrorCode::InvalidArgument, {where_.en + en, where_.zh + zh});
  }

  void read_one(std::string_view part) {
    static constexpr std::array<std::string_view, 6> kKeys = {
        "confidence>=", "segment=", "region=", "from=", "to=", "weight="};
    const auto key = std::ranges::find_if(
        kKeys, [part](std::string_view known) { return part.starts_with(known); });
    if (key == kKeys.end()) {
      fail(fmt::format("no limit `{}`; write confidence>=0.5, segment=, region=, from=, to= or "
                       "weight=",
                       quotable(part)),
           fmt::format("没有“{}”这种限定；可写 confidence>=0.5、segment=、region=、from=、to= 或 "
                       "weight=",
                       quotable(part)));
    }
    const auto which = static_cast<std::size_t>(key - kKeys.begin());
    if (seen_[which]) {
      fail(fmt::format("`{}` stands twice; keep one", *key),
           fmt::format("“{}”出现了两次；请只留一个", *key));
    }
    seen_[which] = true;
    const std::string_view value = part.substr(key->size());
    switch (which) {
      case 0:
        return read_confidence(value);
      case 1:
        return read_segment(value);
      case 2:
        return read_region(value);
      case 3:
        limits_.from = read_date(part, value);
        return;
      case 4:
        limits_.to = read_date(part, value);
        return;
      default:
        return read_weight(value);
    }
  }

  void read_confidence(std::string_view value) {
    const std::optional<double> number = parse_number(value);
    if (!number || *number < 0 || *number > 1) {
      fail(fmt::format("confidence>={} is not a number in [0, 1]", quotable(value)),
           fmt::format("confidence>={} 不是 0 到 1 之间的数", quotable(value)));
    }
    limits_.min_confidence = *number;
  }

  void read_segment(std::string_view value) {
    if (relation_ != RelationKind::Supplies) {
      fail(fmt::format("only supplies has a segment; take segment= away from {}",
                       relation_word(relation_)),
           fmt::format("只有 supplies 有环节；请从 {} 去掉 segment=", relation_word(relation_)));
    }
    if (value.starts_with('"')) {
      if (value.size() < 2 || quoted_length(value) != value.size() || !value.ends_with('"')) {
        fail(fmt::format("segment={} has no closing quote at its end", quotable(value)),
             fmt::format("segment={} 的末尾缺少引号", quotable(value)));
      }
      for (std::size_t i = 1; i + 1 < value.size(); ++i) {
        if (value[i] == '\\') ++i;
        limits_.segment += value[i];
      }
    } else {
      limits_.segment = value;
    }
    if (limits_.segment.empty()) {
      fail("segment= names no segment", "segment= 没有写出环节");
    }
  }

  void read_region(std::string_view value) {
    const std::optional<RegionCode> region = parse_region_code(value);
    if (!region) {
      fail(fmt::format("region={} is not a region code of 2, 4 or 6 digits", quotable(value)),
           fmt::format("region={} 不是 2、4 或 6 位行政区划代码", quotable(value)));
    }
    limits_.region = *region;
  }

  Date read_date(std::string_view part, std::string_view value) const {
    const std::optional<Date> date = parse_date(value);
    if (!date || !date->known()) {
      fail(fmt::format("`{}` is not a date; write 2010, 2010-05 or 2010-05-17", quotable(part)),
           fmt::format("“{}”不是日期；请写 2010、2010-05 或 2010-05-17", quotable(part)));
    }
    return *date;
  }

  void read_weight(std::string_view value) {
    std::string_view word = value;
    if (word.starts_with("log1p(") && word.ends_with(')')) {
      limits_.scale = WeightScale::Log1p;
      word = word.substr(6, word.size() - 7);
    }
    const auto known = std::ranges::find(kNumberWords, word, &NumberWord::word);
    if (known == kNumberWords.end() || !states(relation_, known->number)) {
      std::string words;
      for (const NumberWord& number : kNumberWords) {
        if (!states(relation_, number.number)) continue;
        words +=
            fmt::format("{}{}, log1p({})", words.empty() ? "" : ", ", number.word, number.word);
      }
      if (words.empty()) {
        fail(fmt::format("{} states no number to weigh by; take weight= away",
                         relation_word(relation_)),
             fmt::format("{} 没有可作权重的数；请去掉 weight=", relation_word(relation_)));
      }
      fail(fmt::format("{} has no weight `{}`; it has {}", relation_word(relation_),
                       quotable(value), words),
           fmt::format("{} 没有权重“{}”；可用：{}", relation_word(relation_), quotable(value),
                       words));
    }
    limits_.weight = known->number;
  }

  RelationKind relation_;
  const Text& where_;
  StepLimits limits_;
  std::array<bool, 6> seen_{};
};

}  // namespace

std::string quotable(std::string_view words) {
  constexpr std::size_t kMost = 80;
  std::u32string points = to_utf32(words);
  if (points.size() > kMost) {
    points.resize(kMost);
    points += U'…';
  }
  return to_utf8(points);
}

std::size_t quoted_length(std::string_view text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return text.size();
}

std::string limits_text(const StepLimits& limits) {
  std::vector<std::string> parts;
  if (limits.min_confidence > 0) {
    parts.push_back(fmt::format("confidence>={}", limits.min_confidence));
  }
  if (!limits.segment.empty()) {
    parts.push_back("segment=" +
                    (needs_quotes(limits.segment) ? quoted(limits.segment) : limits.segment));
  }
  if (limits.region.known()) parts.push_back("region=" + limits.region.to_string());
  if (limits.from.known()) parts.push_back("from=" + limits.from.to_string());
  if (limits.to.known()) parts.push_back("to=" + limits.to.to_string());
  if (limits.weight) {
    const auto word = std::ranges::find(kNumberWords, *limits.weight, &NumberWord::number)->word;
    parts.push_back(limits.scale == WeightScale::Log1p ? fmt::format("weight=log1p({})", word)
                                                       : fmt::format("weight={}", word));
  }
  return fmt::format("{}", fmt::join(parts, ","));
}

StepLimits parse_limits(std::string_view text, RelationKind relation, const Text& where) {
  return LimitsReader(relation, where).read(text);
}

}  // namespace liantu

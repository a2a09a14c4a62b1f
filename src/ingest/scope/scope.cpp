#include "liantu/ingest/scope/scope.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/core/string_map.hpp"
#include "ingest/scope/scope_clauses.hpp"
#include "ingest/scope/scope_words.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

using Activities = std::uint8_t;  // bit set over Activity

constexpr Activities bit(Activity activity) {
  return static_cast<Activities>(1U << static_cast<unsigned>(activity));
}

// Set when the activities are those of an advertiser: what he makes is notices in newspapers, on
// lamps and on balloons, not newspapers, lamps and balloons.
constexpr Activities kAdvertising = 1U << 7;

Activity best(Activities set) {
  if ((set & kAdvertising) != 0) return Activity::Serve;
  for (const Activity activity :
       {Activity::Make, Activity::Process, Activity::Develop, Activity::Trade}) {
    if ((set & bit(activity)) != 0) return activity;
  }
  return Activity::Serve;
}

std::size_t code_point_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

constexpr std::string_view kOpening[] = {"(", "[", "{", "<", "【", "〔", "《", "「"};
constexpr std::string_view kClosing[] = {")", "]", "}", ">", "】", "〕", "》", "」"};
constexpr std::string_view kJoiners[] = {"及其", "以及", "及", "和", "与", "兼", "并", "或"};

// Stands where a bracket was: `房地产开发（…）销售：汽车` develops no cars.
constexpr char kBracket = '\x01';
// Stands where a bracket said that only branches do it: `旅馆服务（限分支机构经营）`.
constexpr char kBranchesOnly = '\x02';
// Stands where one said so of what follows: `（以下限分支机构经营）`.
constexpr char kBranchesBelow = '\x03';

template <std::size_t N>
bool one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::ranges::find(words, word) != std::end(words);
}

std::size_t first_of(std::string_view text, std::span<const std::string_view> words) {
  std::size_t first = std::string_view::npos;
  for (const std::string_view word : words) first = std::min(first, text.find(word));
  return first;
}

// Whether words leave something to branches: 限分支机构经营, 由分公司经营.
bool is_for_branches(std::string_view words) {
  constexpr std::string_view kBranches[] = {"分支", "分公司", "分厂", "分店"};
  constexpr std::string_view kOnly[] = {"限", "由", "仅", "只", "经营", "供", "另"};
  constexpr std::string_view kNot[] = {"不含", "不包括"};
  return first_of(words, kBranches) != std::string_view::npos &&
         first_of(words, kOnly) != std::string_view::npos &&
         first_of(words, kNot) == std::string_view::npos;
}

bool speaks_of_what_follows(std::string_view words) {
  return words.starts_with("以下") || words.starts_with("下列");
}

// Brackets qualify what stands before them. One that is never closed swallows the rest: fewer true
// statements are better than many doubtful ones.
std::string without_brackets(std::string_view text) {
  std::string out;
  int depth = 0;
  std::size_t opened = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view one = text.substr(at, code_point_length(text[at]));
    at += one.size();
    if (one_of(one, kOpening)) {
      if (depth == 0) opened = at;
      ++depth;
    } else if (one_of(one, kClosing)) {
      const bool closes = depth == 1;
      depth = std::max(0, depth - 1);
      if (depth > 0) continue;
      const std::string_view inside =
          closes ? text.substr(opened, at - one.size() - opened) : std::string_view();
      const bool branches = is_for_branches(inside);
      out += !branches ? kBracket : speaks_of_what_follows(inside) ? kBranchesBelow : kBranchesOnly;
    } else if (depth == 0 && one != "*" && one != "\"" && one != "“" && one != "”") {
      out += one;
    }
  }
  return out;
}

std::string without_marks(std::string_view text) {
  std::string out(text);
  std::erase(out, kBracket);
  std::erase(out, kBranchesOnly);
  return out;
}

// A clause without what it takes out at the start of an item: 除轴承、齿轮外的机械制造. 除尘设备 is
// a product.
std::string without_exceptions(std::string_view clause) {
  constexpr std::string_view kExcept = "除";
  constexpr std::string_view kOutside = "外";
  constexpr std::string_view kOf = "的";
  constexpr std::string_view kBefore[] = {"、", ",", ":", ";", "(", "但", "均"};
  constexpr std::string_view kProducts[] = {
      "除尘", "除湿", "除锈", "除草", "除虫", "除垢", "除臭", "除冰", "除雪", "除氧",  "除油",
      "除污", "除磷", "除霜", "除渣", "除铁", "除味", "除鼠", "除菌", "除蚊", "除四害"};
  std::string out;
  for (std::size_t at = 0; at < clause.size();) {
    const std::string_view rest = clause.substr(at);
    const bool starts = out.empty() || std::ranges::any_of(kBefore, [&](std::string_view mark) {
                          return out.ends_with(mark);
                        });
    const bool product = std::ranges::any_of(
        kProducts, [&](std::string_view word) { return rest.starts_with(word); });
    if (starts && !product && rest.starts_with(kExcept)) {
      std::size_t end = rest.find(kOutside);
      while (end != std::string_view::npos) {
        const std::string_view behind = rest.substr(end + kOutside.size());
        constexpr std::string_view kEnds[] = {"的", ",", "、", ":", ";"};
        const bool ends = behind.empty() || behind.front() == kBracket ||
                          std::ranges::any_of(kEnds, [&](std::string_view mark) {
                            return behind.starts_with(mark);
                          });
        if (ends) break;
        end = rest.find(kOutside, end + kOutside.size());
      }
      if (end != std::string_view::npos) {
        at += end + kOutside.size();
        if (clause.substr(at).starts_with(kOf)) at += kOf.size();
        continue;
      }
    }
    const std::size_t step = code_point_length(clause[at]);
    out += clause.substr(at, step);
    at += step;
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text,
                                    std::span<const std::string_view> separators) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view one = text.substr(at, code_point_length(text[at]));
    if (std::ranges::find(separators, one) != separators.end()) {
      parts.push_back(trim(text.substr(start, at - start)));
      start = at + one.size();
    }
    at += one.size();
  }
  parts.push_back(trim(text.substr(start)));
  return parts;
}

Activities bits(const ActivityWord& word) {
  return static_cast<Activities>(bit(word.activity) | (word.advertising ? kAdvertising : 0));
}

// The longest activity word at the start, or at the end, of a text.
const ActivityWord* activity_at_start(std::string_view text) {
  const ActivityWord* found = nullptr;
  for (const ActivityWord& word : activity_words()) {
    if (text.starts_with(word.word) && (!found || word.word.size() > found->word.size())) {
      found = &word;
    }
  }
  return found;
}

const ActivityWord* activity_at_end(std::string_view text) {
  const ActivityWord* found = nullptr;
  for (const ActivityWord& word : activity_words()) {
    if (text.ends_with(word.word) && (!found || word.word.size() > found->word.size())) {
      found = &word;
    }
  }
  return found;
}

struct Run {
  Activities set = 0;
  std::size_t length = 0;
};

// Activities at the start, joiners between them included: `生产及销售`.
Run leading_activities(std::string_view text) {
  Run run;
  std::size_t at = 0;
  while (at < text.size()) {
    if (const ActivityWord* word = activity_at_start(text.substr(at))) {
      run.set |= bits(*word);
      at += word->word.size();
      run.length = at;
      continue;
    }
    bool joined = false;
    if (at > 0) {
      for (const std::string_view joiner : kJoiners) {
        if (text.substr(at).starts_with(joiner)) {
          at += joiner.size();
          joined = true;
          break;
        }
      }
    }
    if (!joined) break;
  }
  return run;
}

// Activities at the end: `橡胶制品生产和销售`.
Run trailing_activities(std::string_view text) {
  Run run;
  std::size_t end = text.size();
  while (end > 0) {
    if (const ActivityWord* word = activity_at_end(text.substr(0, end))) {
      run.set |= bits(*word);
      end -= word->word.size();
      run.length = text.size() - end;
      // 开采 | 技术开发 digs nothing.
      if (word->word.starts_with("技术") && activity_at_end(text.substr(0, end)) != nullptr) break;
      continue;
    }
    bool joined = false;
    if (end < text.size()) {
      for (const std::string_view joiner : kJoiners) {
        if (text.substr(0, end).ends_with(joiner)) {
          end -= joiner.size();
          joined = true;
          break;
        }
      }
    }
    if (!joined) break;
  }
  return run;
}

// What stands before the first word that speaks of licences, law or exclusions; behind 以外的 what
// stands after it.
std::string_view without_boilerplate(std::string_view item) {
  for (const std::string_view outside : {"以外的", "之外的"}) {
    if (const std::size_t at = item.find(outside); at != std::string_view::npos) {
      item.remove_prefix(at + std::string_view(outside).size());
    }
  }
  std::size_t cut = std::min(item.size(), first_of(item, exclusion_words()));
  cut = std::min(cut, first_of(item, negation_words()));
  // 轴承制造除外 excludes what stands before it, 齿轮制造国家限制的除外 what the law says.
  if (first_of(item, excluded_before_words()) < cut) return {};
  std::string_view kept = trim(item.substr(0, cut));
  // 授权范围内的 | 国有资产经营
  constexpr std::string_view kWithin = "范围内的";
  if (const std::size_t at = kept.find(kWithin); at != std::string_view::npos) {
    kept.remove_prefix(at + kWithin.size());
  }
  for (const std::string_view word : boilerplate_words()) {
    if (kept.find(word) != std::string_view::npos) return {};
  }
  return kept;
}

struct OpenItem {
  Activities set;
  std::uint32_t list;
  std::string words;  // empty where the item is nothing but an activity
  std::string whole;
};

class ClauseReader {
 public:
  explicit ClauseReader(std::vector<OpenItem>& out) : out_(out) {}

  void read(std::string_view clause) {
    governing_ = pending_ = 0;
    forget();
    for_branches_ = false;
    const std::string text = without_exceptions(clause.substr(0, clause.find(kBranchesBelow)));
    constexpr std::string_view kCommas[] = {","};
    constexpr std::string_view kJoining[] = {"、", "/"};
    for (const std::string_view part : split(text, kCommas)) {
      // 不含轴承、齿轮，五金: what is joined by 、 is excluded, what a comma parts is not.
      excluding_ = false;
      for (const std::string_view item : split(part, kJoining)) read_item(item);
    }
  }

 private:
  void forget() {
    waiting_.clear();
    closed_.clear();
    ++list_;
  }

  void read_item(std::string_view item) {
    for (std::size_t colon = item.find(':'); colon != std::string_view::npos;
         colon = item.find(':')) {
      read_head(trim(item.substr(0, colon)));
      item = trim(item.substr(colon + 1));
    }
    read_plain(item);
  }

  // What stands before a colon: activities that govern what follows, a class of goods whose kinds
  // follow, or a title.
  void read_head(std::string_view head) {
    for_branches_ = for_branches_ || is_for_branches(head);
    const std::size_t bracket = head.rfind(kBracket);
    if (bracket != std::string_view::npos) {
      const std::string_view last = trim(head.substr(bracket + 1));
      if (!last.empty() && leading_activities(last).length == last.size()) {
        read_plain(head.substr(0, bracket));
        head = last;
      }
    }
    const std::string plain = without_marks(head);
    excluding_ = first_of(plain, negation_words()) != std::string_view::npos;
    if (excluding_) return;
    const Run run = trailing_activities(plain);
    if (run.set != 0) {
      governing_ = run.set | pending_;
      pending_ = 0;
      forget();
    } else if (governing_ != 0 || pending_ != 0) {
      read_plain(plain);
    } else {
      forget();
    }
  }

  void read_plain(std::string_view marked) {
    if (excluding_ || for_branches_) return;
    const std::size_t mark = marked.find(kBranchesOnly);
    const std::string unmarked = without_marks(marked.substr(0, mark));
    const std::size_t before = out_.size();
    if (!unmarked.empty()) read_words(unmarked);
    if (mark == std::string_view::npos) return;
    if (!unmarked.empty()) {
      // Only branches do it; with it whatever shares its activity:
      // 齿轮、轴承生产（限分支机构经营）.
      for (const std::size_t closed : closed_) out_[closed].set = 0;
      for (std::size_t i = before; i < out_.size(); ++i) out_[i].set = 0;
      std::erase_if(waiting_, [before](std::size_t waiting) { return waiting >= before; });
      closed_.clear();
    }
    if (mark + 1 < marked.size()) read_plain(marked.substr(mark + 1));
  }

  void read_words(std::string_view unmarked) {
    std::string_view item = without_boilerplate(unmarked);
    if (first_of(unmarked, negation_words()) != std::string_view::npos) excluding_ = true;
    if (const std::size_t at = first_of(unmarked, excluded_before_words());
        at != std::string_view::npos && item.empty()) {
      // 轴承、齿轮制造除外
      if (trailing_activities(unmarked.substr(0, at)).set != 0) waiting_.clear();
    }
    if (item.ends_with("的")) item.remove_suffix(std::string_view("的").size());
    if (item.ends_with("等")) item.remove_suffix(std::string_view("等").size());
    while (item.ends_with('.')) item.remove_suffix(1);
    if (item.empty()) return;

    const Run leading = leading_activities(item);
    if (leading.length == item.size()) {
      // Nothing but activities: more of those that stand behind the items before them, else they
      // stand before the items to come.
      if (!waiting_.empty()) {
        closed_ = std::move(waiting_);
        waiting_.clear();
      }
      if (closed_.empty()) pending_ |= leading.set;
      for (const std::size_t closed : closed_) out_[closed].set |= leading.set;
      out_.push_back({0, list_, {}, std::string(item)});
      return;
    }
    if (leading.length > 0) {
      governing_ = pending_ | leading.set;
      pending_ = 0;
      forget();
      item.remove_prefix(leading.length);
    } else if (pending_ != 0) {
      governing_ = pending_;
      pending_ = 0;
      forget();
    }

    const Run trailing = trailing_activities(item);
    std::string_view words = item.substr(0, item.size() - trailing.length);
    if (words.ends_with("的")) words.remove_suffix(std::string_view("的").size());
    if (trailing.length > 0 && words.size() >= 6) {
      for (const std::size_t waiting : waiting_) out_[waiting].set |= trailing.set;
      closed_ = std::move(waiting_);
      waiting_.clear();
      closed_.push_back(out_.size());
      out_.push_back({trailing.set, list_, std::string(words), std::string(item)});
      return;
    }
    if (!closed_.empty()) forget();
    if (governing_ == 0) waiting_.push_back(out_.size());
    out_.push_back({governing_, list_, std::string(item), std::string(item)});
  }

  std::vector<OpenItem>& out_;
  std::uint32_t list_ = 0;            // items governed together share it
  Activities governing_ = 0;          // of the items to come
  bool excluding_ = false;            // items joined by 、 to one that is not done
  bool for_branches_ = false;         // items behind 以下限分支机构经营:
  Activities pending_ = 0;            // bare activities not yet followed by an item
  std::vector<std::size_t> waiting_;  // items that an activity behind them may still govern
  std::vector<std::size_t> closed_;  // items whose activities behind them may go on: 加工、销售
};

}  // namespace

std::vector<ClauseItem> read_clauses(std::string_view scope) {
  const std::string text = without_brackets(normalize_width(scope));
  std::vector<OpenItem> open;
  ClauseReader reader(open);
  constexpr std::string_view kStops[] = {";", "。", "\n", "\r"};
  for (const std::string_view clause : split(text, kStops)) reader.read(clause);
  std::vector<ClauseItem> items;
  items.reserve(open.size());
  for (OpenItem& item : open) {
    std::optional<Activity> activity;
    if (item.set != 0) activity = best(item.set);
    items.push_back({activity, (item.set & bit(Activity::Trade)) != 0, std::move(item.words),
                     std::move(item.whole), item.list});
  }
  return items;
}

std::vector<ScopeItem> parse_scope(std::string_view scope) {
  std::vector<ScopeItem> items;
  std::uint32_t last = 0;
  for (ClauseItem& item : read_clauses(scope)) {
    if (!item.activity) continue;
    const std::uint32_t list = items.empty() ? 0 : items.back().list + (item.list != last ? 1 : 0);
    last = item.list;
    items.push_back({*item.activity, std::move(item.words), std::move(item.whole), list});
  }
  return items;
}

namespace {

// `6854手术室` is a class of a catalogue, not a product.
bool starts_with_code(std::string_view term) {
  constexpr std::size_t kDigits = 4;
  return term.size() > kDigits &&
         std::ranges::all_of(term.substr(0, kDigits), [](char c) { return c >= '0' && c <= '9'; });
}

// Of each item: the share of its list that names a product, when the list is long enough to tell.
// 建筑材料, 五金, 百货 … are not made by anybody: who lists them may deal in the rest as well.
std::vector<double> certainty_of_lists(const std::vector<ScopeItem>& items) {
  constexpr std::size_t kLong = 5;
  std::vector<double> certainty(items.size(), 1);
  for (std::size_t from = 0; from < items.size();) {
    std::size_t to = from;
    std::size_t general = 0;
    for (; to < items.size() && items[to].list == items[from].list; ++to) {
      if (ScopeTagger::too_general(items[to].words)) ++general;
    }
    if (to - from >= kLong) {
      const double share = static_cast<double>(general) / static_cast<double>(to - from);
      std::fill(certainty.begin() + from, certainty.begin() + to, 1 - share);
    }
    from = to;
  }
  return certainty;
}

}  // namespace

struct ScopeTagger::State {
  StringMap<std::size_t> terms;
  std::size_t longest = 0;  // bytes
  UBreakIterator* breaker = nullptr;

  struct Found {
    std::size_t term = 0;
    bool whole = false;
  };
  StringMap<std::vector<Found>> seen;  // item → terms; items recur from firm to firm

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (breaker != nullptr) ubrk_close(breaker);
  }

  bool boundary(std::string_view text, std::size_t at) {
    UErrorCode status = U_ZERO_ERROR;
    if (breaker == nullptr) {
      breaker = ubrk_open(UBRK_WORD, "zh", nullptr, 0, &status);
      if (U_FAILURE(status)) {
        breaker = nullptr;
        return true;
      }
    }
    UText* utext =
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status);
    ubrk_setUText(breaker, utext, &status);
    const bool is = U_FAILURE(status) || ubrk_isBoundary(breaker, static_cast<std::int32_t>(at));
    utext_close(utext);
    return is;
  }

  // The longest term that a phrase ends with. A shorter term can only be a broader statement, and
  // stands for it in the taxonomy where there is one.
  std::optional<Found> head(std::string_view phrase) {
    for (const std::string_view word : leading_fillers()) {
      if (phrase.starts_with(word) && phrase.size() > word.size()) {
        phrase.remove_prefix(word.size());
      }
    }
    for (const std::string_view word : trailing_fillers()) {
      if (phrase.ends_with(word) && phrase.size() > word.size() && !terms.contains(phrase)) {
        phrase.remove_suffix(word.size());
      }
    }
    for (std::size_t at = 0; at < phrase.size(); at += code_point_length(phrase[at])) {
      const std::string_view rest = phrase.substr(at);
      if (rest.size() > longest) continue;
      const auto found = terms.find(rest);
      if (found == terms.end()) continue;
      if (at == 0) return Found{found->second, true};
      if (boundary(phrase, at)) return Found{found->second, false};
    }
    return std::nullopt;
  }

  // The parts of an item between 及, 和, 与 …; at least one.
  static std::vector<std::string_view> split_joined(std::string_view item) {
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    for (std::size_t at = 0; at < item.size();) {
      std::size_t step = code_point_length(item[at]);
      for (const std::string_view joiner : kJoiners) {
        if (item.substr(at).starts_with(joiner)) {
          parts.push_back(trim(item.substr(start, at - start)));
          step = joiner.size();
          start = at + step;
          break;
        }
      }
      at += step;
    }
    parts.push_back(trim(item.substr(start)));
    return parts;
  }

  // `汽车` before `摩托车用电器` or `摩托车配件` means 汽车用电器, 汽车配件, and `橡胶` before
  // `塑料制品` 橡胶制品: two things of one kind, or two materials, share an end.
  std::string with_shared_end(const std::string& item, std::string_view next) const {
    constexpr std::string_view kFor = "用";
    constexpr std::string_view kMadeOf = "制品";
    if (!terms.contains(item)) return item;
    for (std::size_t at = 0; at < next.size(); at += code_point_length(next[at])) {
      const std::string_view other = next.substr(0, at);
      const std::string_view end = next.substr(at);
      if (!terms.contains(other) || other == item) continue;
      const bool shared = end.starts_with(kFor) || ScopeTagger::too_general(end);
      if (shared && (last_character(other) == last_character(item) || end == kMadeOf)) {
        return fmt::format("{}{}", item, end);
      }
    }
    return item;
  }

  static std::string_view last_character(std::string_view text) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return text.substr(at);
  }

  // The longest word too general to name a product that a phrase ends with, but is not.
  static std::string_view shared_head(std::string_view phrase) {
    for (std::size_t at = 0; at < phrase.size(); at += code_point_length(phrase[at])) {
      if (at > 0 && too_general(phrase.substr(at))) return phrase.substr(at);
    }
    return {};
  }

  const std::vector<Found>& find(const std::string& item) {
    auto [entry, fresh] = seen.try_emplace(item);
    if (!fresh) return entry->second;
    std::vector<Found> found;
    if (terms.contains(item)) {
      if (const auto hit = head(item)) found.push_back(*hit);
    } else {
      const std::vector<std::string_view> parts = split_joined(item);
      const std::string_view shared = shared_head(parts.back());
      for (const std::string_view part : parts) {
        // 环卫及环保设备 are two kinds of 设备.
        const std::string full = &part == &parts.back() ? "" : fmt::format("{}{}", part, shared);
        const bool whole = !shared.empty() && terms.contains(full);
        if (const auto hit = head(whole ? std::string_view(full) : part)) found.push_back(*hit);
      }
    }
    entry->second = std::move(found);
    return entry->second;
  }
};

ScopeTagger::ScopeTagger(const std::vector<std::string_view>& terms)
    : state_(std::make_unique<State>()) {
  for (std::size_t i = 0; i < terms.size(); ++i) {
    std::string term = normalize_width(terms[i]);
    const bool only_activities = leading_activities(term).length == term.size();  // 加工制造
    if (count_code_points(term) < 2 || too_general(term) || starts_with_code(term) ||
        only_activities) {
      continue;
    }
    state_->longest = std::max(state_->longest, term.size());
    state_->terms.try_emplace(std::move(term), i);
  }
}

ScopeTagger::~ScopeTagger() = default;
ScopeTagger::ScopeTagger(ScopeTagger&&) noexcept = default;
ScopeTagger& ScopeTagger::operator=(ScopeTagger&&) noexcept = default;

std::vector<ScopeTag> ScopeTagger::tag(std::string_view scope) {
  std::vector<ScopeTag> tags;
  const auto add = [&](std::size_t term, Activity activity, const std::string& words, bool whole,
                       double certainty) {
    double confidence = certainty * (whole ? 0.9 : 0.75);
    if (activity == Activity::Process || activity == Activity::Serve) confidence *= 2.0 / 3.0;
    if (activity == Activity::Develop) confidence /= 5;
    for (ScopeTag& tag : tags) {
      if (tag.term != term) continue;
      if (activity < tag.activity || (activity == tag.activity && confidence > tag.confidence)) {
        tag = {term, activity, words, confidence};
      }
      return;
    }
    tags.push_back({term, activity, words, confidence});
  };
  const std::vector<ScopeItem> items = parse_scope(scope);
  const std::vector<double> certainty = certainty_of_lists(items);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ScopeItem& item = items[i];
    if (item.whole != item.words &&
        (item.activity == Activity::Serve || item.activity == Activity::Develop)) {
      // What is done may be a term of its own: 软件开发.
      const auto found = state_->terms.find(item.whole);
      if (found != state_->terms.end()) {
        add(found->second, Activity::Serve, item.whole, true, 1);
        continue;
      }
    }
    // A service is not what it is done to: 设备维修 is no 设备, and 盆景 under 咨询 is none either.
    if (item.activity == Activity::Serve || starts_with_code(item.words)) continue;
    const bool listed = i + 1 < items.size() && items[i + 1].list == item.list;
    const std::string words =
        listed ? state_->with_shared_end(item.words, items[i + 1].words) : item.words;
    for (const State::Found& found : state_->find(words)) {
      add(found.term, item.activity, words, found.whole,
          item.activity < Activity::Develop ? certainty[i] : 1);
    }
  }
  return tags;
}

bool ScopeTagger::too_general(std::string_view word) {
  const auto general = [](std::string_view part) {
    return part.empty() || std::ranges::find(general_words(), part) != general_words().end();
  };
  if (general(word)) return true;
  // Two general words joined (机电设备及配件) name no product either.
  for (const std::string_view joiner : kJoiners) {
    const std::size_t at = word.find(joiner);
    if (at == std::string_view::npos || at == 0) continue;
    if (general(word.substr(0, at)) && general(word.substr(at + joiner.size()))) return true;
  }
  return false;
}

}  // namespace liantu

#include "liantu/ingest/who/firm_matcher.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <tbb/enumerable_thread_specific.h>

#include <xxhash.h>

#include "base/run/parallel.hpp"
#include "base/run/stopping.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/firm_name.hpp"

namespace liantu {
namespace {

constexpr Interrupted kMatching = {"matching of names was interrupted", "名称匹配被中断"};

constexpr std::size_t kLongest = 64;     // characters of a name that are compared
constexpr std::size_t kReach = 3;        // how far apart the characters of a looked-up pair stand
constexpr std::size_t kPostings = 2000;  // known names met for one query
constexpr std::size_t kAligned = 32;     // of these that are compared character by character

/// What a character of a name is part of.
enum class Part : std::uint8_t { Place, Brand, Trade, Form };
constexpr std::array<double, 4> kPartWeight = {0.45, 1.0, 0.6, 0.12};

/// A name ready to be compared. Characters outside the basic plane share codes of its private area.
struct Prepared {
  std::array<char16_t, kLongest> characters{};
  std::array<Part, kLongest> parts{};
  std::size_t size = 0;
  std::uint64_t full = 0;  // hash of the normalised name
  std::uint64_t core = 0;  // … without its legal form
  std::uint64_t form = 0;
  RegionCode region;  // of the place
  bool has_form = false;
  bool says_shares = false;  // whether it ends in 股份
};

char16_t code_of(char32_t c) {
  return c < 0x10000 ? static_cast<char16_t>(c) : static_cast<char16_t>(0xE000 + c % 0x1900);
}

std::uint64_t hash_of(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

// What stock exchanges put around short names: *ST示例, 示例-W, 示例A.
std::string_view without_market_marks(std::string_view full) {
  for (const std::string_view mark : {"*st", "s*st", "sst", "st"}) {
    if (full.starts_with(mark) && full.size() > mark.size() + 3 &&
        static_cast<unsigned char>(full[mark.size()]) >= 0x80) {
      full.remove_prefix(mark.size());
      break;
    }
  }
  for (const std::string_view mark : {"-swr", "-sw", "-wr", "-uw", "-w", "-s", "-b", "-u", "-p",
                                      "-r", "(退市)", "(退)", "a", "b", "h"}) {
    if (full.ends_with(mark) && full.size() > mark.size() + 3 &&
        static_cast<unsigned char>(full[full.size() - mark.size() - 1]) >= 0x80) {
      full.remove_suffix(mark.size());
      break;
    }
  }
  return full;
}

// Whether a name ends as shops and offices are registered, which have no legal form.
bool ends_as_a_shop(std::string_view full) {
  constexpr std::string_view kEnds[] = {"店", "部", "站", "场", "行",   "社",  "所",
                                        "院", "馆", "厅", "园", "校",   "铺",  "点",
                                        "坊", "吧", "城", "处", "中心", "超市"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return full.ends_with(end); });
}

Prepared prepare(const FirmName& normal) {
  Prepared out;
  const FirmNameParts parts = split_firm_name(normal);
  out.full = hash_of(normal.full);
  out.core = hash_of(normal.core);
  out.form = hash_of(normal.form);
  out.has_form = !normal.form.empty() || (!parts.place.empty() && ends_as_a_shop(normal.full));
  const auto add = [&](std::string_view text, Part part) {
    for (const char32_t c : to_utf32(text)) {
      if (out.size == kLongest) return;
      out.characters[out.size] = code_of(c);
      out.parts[out.size++] = part;
    }
  };
  if (!parts.place.empty()) out.region = find_region(parts.place);
  add(parts.place, Part::Place);
  add(parts.brand, Part::Brand);
  add(parts.trade, Part::Trade);
  add(parts.form, Part::Form);
  out.says_shares = normal.full.ends_with("股份");
  return out;
}

/// What of two aligned names is found in the other.
struct Alignment {
  double found = 0;       // weight of the query's characters that are found
  double whole = 0;       // … of all of them
  double brand_left = 0;  // weight of the known name's brand that the query lacks
  double brand = 0;       // … of all of it
  double other_left = 0;  // … of its places and trades
  double other = 0;
  int query_brand_left = 0;  // characters of the query's brand that are not found
  int known_brand_left = 0;
  int query_trade_left = 0;
  int known_trade_left = 0;
  int slips = 0;             // characters of the trade that are no word's in the query
  bool brand_begins = true;  // whether the query has the first character of the known brand
  bool query_ends = true;    // whether its last character is found
};

/// What a province or a large city is called in one character.
constexpr struct {
  std::uint32_t region;
  std::u16string_view characters;
} kShortPlaces[] = {
    {110000, u"京"},   {120000, u"津"},   {130000, u"冀"},   {140000, u"晋"},   {150000, u"蒙"},
    {210000, u"辽"},   {220000, u"吉"},   {230000, u"黑"},   {310000, u"沪申"}, {320000, u"苏"},
    {330000, u"浙"},   {340000, u"皖徽"}, {350000, u"闽"},   {360000, u"赣"},   {370000, u"鲁"},
    {410000, u"豫"},   {420000, u"鄂楚"}, {430000, u"湘"},   {440000, u"粤"},   {450000, u"桂"},
    {460000, u"琼海"}, {500000, u"渝"},   {510000, u"川蜀"}, {520000, u"贵黔"}, {530000, u"云滇"},
    {540000, u"藏"},   {610000, u"陕秦"}, {620000, u"甘陇"}, {630000, u"青"},   {640000, u"宁"},
    {650000, u"新"},   {440300, u"深"},   {440100, u"穗"},   {330200, u"甬"},
};

bool is_short_for(char16_t c, RegionCode place) {
  return place.known() && std::ranges::any_of(kShortPlaces, [&](const auto& one) {
           return one.characters.find(c) != one.characters.npos &&
                  RegionCode(one.region).contains(place);
         });
}

}  // namespace

struct FirmMatcher::Index {
  struct View {
    const char16_t* characters;
    const Part* parts;
    std::size_t size;
  };

  explicit Index(const MatchOptions& given) : options(given) {}

  void build(std::span<const std::string_view> names);
  enum class Same : std::uint8_t { Counts, LeftOut };
  [[nodiscard]] NameMatch match(std::string_view name, Same same_names) const;

  [[nodiscard]] View view(std::size_t name) const {
    return {&characters[begins[name]], &parts[begins[name]], begins[name + 1] - begins[name]};
  }
  [[nodiscard]] double weight(char16_t c) const { return weights[c]; }
  [[nodiscard]] Alignment align(const Prepared& query, View known, RegionCode place) const;
  [[nodiscard]] double score(const Prepared& query, std::uint32_t name) const;

  // Bucket of a pair of characters, or of a character alone.
  [[nodiscard]] std::size_t bucket(char16_t a, char16_t b) const {
    const std::uint64_t key = (std::uint64_t{a} << 16U) | b;
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> shift);
  }
  template <typename Use>
  void each_key(const char16_t* at, const Part* part, std::size_t size, const Use& use) const {
    for (std::size_t i = 0; i < size; ++i) {
      if (part[i] == Part::Form && i > 0) continue;
      use(bucket(at[i], 0));
      for (std::size_t j = i + 1; j < size && j <= i + kReach; ++j) {
        if (part[j] == Part::Form) break;
        use(bucket(at[i], at[j]));
      }
    }
  }

  MatchOptions options;
  std::size_t count = 0;
  std::vector<char16_t> characters;
  std::vector<Part> parts;
  std::vector<std::uint32_t> begins;
  std::vector<std::uint64_t> cores;
  std::vector<std::uint64_t> forms;
  std::vector<RegionCode> regions;
  std::vector<bool> has_form;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> fulls;  // sorted
  std::vector<std::uint64_t> full_of;                          // by name
  std::vector<float> weights;                                  // by character
  unsigned shift = 0;
  std::vector<std::uint32_t> bucket_begins;
  std::vector<std::uint32_t> postings;

  // What a thread counts with; all 0 between two queries.
  struct Scratch {
    std::vector<float> votes;
    std::vector<std::uint32_t> met;
  };
  mutable tbb::enumerable_thread_specific<Scratch> scratch;
};

void FirmMatcher::Index::build(std::span<const std::string_view> names) {
  count = names.size();
  constexpr std::size_t kPartNames = 4096;
  const std::size_t chunks = (count + kPartNames - 1) / kPartNames;
  struct Chunk {
    std::vector<char16_t> characters;
    std::vector<Part> parts;
    std::vector<std::uint8_t> sizes;
  };
  std::vector<Chunk> made(chunks);
  cores.resize(count);
  forms.resize(count);
  regions.resize(count);
  fulls.resize(count);
  full_of.resize(count);
  std::vector<std::uint8_t> with_form(count);
  parallel_for(chunks, [&](std::size_t chunk) {
    check_stop(options.stop, kMatching);
    Chunk& into = made[chunk];
    for (std::size_t i = chunk * kPartNames; i < std::min(count, (chunk + 1) * kPartNames); ++i) {
      const Prepared one = prepare(normalize_firm_name(names[i]));
      into.characters.insert(into.characters.end(), one.characters.begin(),
                             one.characters.begin() + static_cast<std::ptrdiff_t>(one.size));
      into.parts.insert(into.parts.end(), one.parts.begin(),
                        one.parts.begin() + static_cast<std::ptrdiff_t>(one.size));
      into.sizes.push_back(static_cast<std::uint8_t>(one.size));
      cores[i] = one.core;
      forms[i] = one.form;
      regions[i] = one.region;
      with_form[i] = one.has_form ? 1 : 0;
      full_of[i] = one.full;
      fulls[i] = {one.full, static_cast<std::uint32_t>(i)};
    }
  });
  has_form.assign(with_form.begin(), with_form.end());
  begins.reserve(count + 1);
  begins.push_back(0);
  std::size_t total = 0;
  for (const Chunk& chunk : made) total += chunk.characters.size();
  characters.reserve(total);
  parts.reserve(total);
  for (Chunk& chunk : made) {
    characters.insert(characters.end(), chunk.characters.begin(), chunk.characters.end());
    parts.insert(parts.end(), chunk.parts.begin(), chunk.parts.end());
    for (const std::uint8_t size : chunk.sizes) begins.push_back(begins.back() + size);
    chunk = {};
  }
  std::ranges::sort(fulls);

  std::vector<std::uint32_t> frequency(0x10000);
  for (std::size_t i = 0; i < count; ++i) {
    const View one = view(i);
    for (std::size_t k = 0; k < one.size; ++k) {
      const auto* const end = one.characters + k;
      if (std::find(one.characters, end, *end) == end) ++frequency[*end];
    }
  }
  weights.resize(frequency.size());
  // The constants keep a table of few names from telling what is common.
  for (std::size_t c = 0; c < weights.size(); ++c) {
    weights[c] = static_cast<float>(
        std::log((static_cast<double>(count) + 50.0) / (static_cast<double>(frequency[c]) + 5.0)));
    weights[c] = std::max(weights[c], 0.1F);
  }

  unsigned bits = 10;
  while (bits < 24 && (std::size_t{1} << bits) < total) ++bits;
  shift = 64 - bits;
  bucket_begins.assign((std::size_t{1} << bits) + 1, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const View one = view(i);
    each_key(one.characters, one.parts, one.size, [&](std::size_t at) { ++bucket_begins[at + 1]; });
  }
  for (std::size_t i = 1; i < bucket_begins.size(); ++i) bucket_begins[i] += bucket_begins[i - 1];
  postings.resize(bucket_begins.back());
  std::vector<std::uint32_t> next(bucket_begins.begin(), bucket_begins.end() - 1);
  // By hash, so that which names are met first does not depend on the order of rows.
  for (std::size_t k = 0; k < count; ++k) {
    if (k % kLooksApart == 0) check_stop(options.stop, kMatching);
    const std::uint32_t name = fulls[k].second;
    const View one = view(name);
    each_key(one.characters, one.parts, one.size,
             [&](std::size_t at) { postings[next[at]++] = name; });
  }
}

// The heaviest common subsequence; characters next to each other in both names count in full.
Alignment FirmMatcher::Index::align(const Prepared& query, View known, RegionCode place) const {
  constexpr double kApart = 0.85;
  constexpr double kShortPlace = 0.85;
  const std::size_t n = query.size;
  const std::size_t m = known.size;
  Alignment out;
  // best[i][j]: of query up to i and known up to j; end[i][j]: with these two matched last.
  static thread_local std::array<std::array<float, kLongest + 1>, kLongest + 1> best;
  static thread_local std::array<std::array<float, kLongest + 1>, kLongest + 1> end;
  std::array<float, kLongest> weight_of{};
  for (std::size_t i = 0; i < n; ++i) {
    const auto part = static_cast<std::size_t>(query.parts[i]);
    weight_of[i] = static_cast<float>(weight(query.characters[i]) * kPartWeight[part]);
    out.whole += weight_of[i];
  }
  for (std::size_t j = 0; j <= m; ++j) best[0][j] = 0;
  for (std::size_t i = 1; i <= n; ++i) {
    best[i][0] = 0;
    for (std::size_t j = 1; j <= m; ++j) {
      float here = -1;
      if (query.characters[i - 1] == known.characters[j - 1]) {
        const bool first = i == 1 || best[i - 1][j - 1] == 0;
        const float w = weight_of[i - 1];
        here = best[i - 1][j - 1] + w * static_cast<float>(first ? 1.0 : kApart);
        if (i > 1 && j > 1 && end[i - 1][j - 1] > 0) here = std::max(here, end[i - 1][j - 1] + w);
      }
      end[i][j] = here;
      best[i][j] = std::max({here, best[i - 1][j], best[i][j - 1]});
    }
  }
  out.found = best[n][m];
  // Back along the best way.
  std::array<bool, kLongest> query_found{};
  std::array<bool, kLongest> known_found{};
  std::size_t brand_end = 0;  // last character of the query that is one of the known brand
  bool with_previous = false;
  for (std::size_t i = n, j = m; i > 0 && j > 0;) {
    if (with_previous || (end[i][j] > 0 && end[i][j] == best[i][j])) {
      query_found[i - 1] = known_found[j - 1] = true;
      if (known.parts[j - 1] == Part::Brand) brand_end = std::max(brand_end, i - 1);
      const float w = weight_of[i - 1];
      with_previous = i > 1 && j > 1 && end[i - 1][j - 1] > 0 && end[i][j] == end[i - 1][j - 1] + w;
      --i;
      --j;
    } else if (best[i][j] == best[i - 1][j]) {
      --i;
    } else {
      --j;
    }
  }
  int behind_brand = 0;  // characters of the query's brand behind all that is of the known one
  for (std::size_t i = 0; i < n; ++i) {
    if (query_found[i]) continue;
    if (is_short_for(query.characters[i], place)) {
      out.found += kShortPlace * weight_of[i];
      continue;
    }
    if (query.parts[i] == Part::Brand) ++(i > brand_end ? behind_brand : out.query_brand_left);
    if (query.parts[i] == Part::Trade) ++out.query_trade_left;
  }
  out.query_ends = n > 0 && query_found[n - 1];
  for (std::size_t j = 0; j < m; ++j) {
    const double w = weight(known.characters[j]);
    if (known.parts[j] == Part::Brand) {
      if (out.brand == 0) out.brand_begins = known_found[j];
      out.brand += w;
      if (!known_found[j]) {
        out.brand_left += w;
        ++out.known_brand_left;
      }
    } else if (known.parts[j] != Part::Form) {
      out.other += w;
      if (!known_found[j]) {
        out.other_left += w;
        if (known.parts[j] == Part::Trade) ++out.known_trade_left;
      }
    }
  }
  // 电于 of 虚构电于 is a slip of the trade 电子; 源 of 虚构源电子 makes another brand.
  if (out.known_brand_left == 0 && out.known_trade_left == behind_brand) {
    out.slips = behind_brand;
    out.known_trade_left = 0;
  } else {
    out.query_brand_left += behind_brand;
  }
  return out;
}

double FirmMatcher::Index::score(const Prepared& query, std::uint32_t name) const {
  constexpr double kBrandLeft = 0.30;
  constexpr double kOtherLeft = 0.06;
  constexpr double kBelowSame = 0.999;
  constexpr int kSlips = 2;             // characters of a trade that a slip of the pen may change
  constexpr double kOtherBegin = 0.93;  // 美达 in 苏美达
  constexpr double kNoShares = 0.90;    // 示例股份 in 示例有限公司
  const Alignment found = align(query, view(name), regions[name]);
  if (found.whole <= 0) return 0;
  double score = found.found / found.whole;
  if (found.brand > 0) score *= 1 - kBrandLeft * found.brand_left / found.brand;
  if (found.other > 0) score *= 1 - kOtherLeft * found.other_left / found.other;
  if (!found.brand_begins) score *= kOtherBegin;
  if (query.says_shares && !found.query_ends) score *= kNoShares;
  const double below_link = options.link - 0.01;
  const double below_ask = options.ask - 0.01;
  const RegionCode here = query.region;
  const RegionCode there = regions[name];
  if (here.known() && there.known() && !here.contains(there) && !there.contains(here)) {
    return std::min(score, below_ask);
  }
  if (query.has_form) {
    const int other_trade = found.query_trade_left + found.known_trade_left;
    if (other_trade > kSlips) return std::min(score, below_ask);
    const bool other_form = has_form[name] && forms[name] != query.form;
    const bool other_brand = found.query_brand_left + found.known_brand_left > 0;
    if (other_brand || other_trade > 0 || found.slips > kSlips || other_form || here != there) {
      score = std::min(score, below_link);
    }
  }
  // Of a longer name only the beginning is compared.
  const bool whole = query.size < kLongest && begins[name + 1] - begins[name] < kLongest;
  return std::min(score, whole ? kBelowSame : below_link);
}

NameMatch FirmMatcher::Index::match(std::string_view name, Same same_names) const {
  NameMatch result;
  if (count == 0) return result;
  const FirmName normal = normalize_firm_name(name);
  Prepared query = prepare(normal);
  if (query.size == 0) return result;
  auto same = std::ranges::lower_bound(fulls, query.full, {},
                                       &std::pair<std::uint64_t, std::uint32_t>::first);
  const std::uint64_t full_hash = query.full;
  for (; same_names == Same::Counts && same != fulls.end() && same->first == full_hash; ++same) {
    if (result.same++ < options.most) result.candidates.push_back({same->second, 1.0});
  }
  if (result.same > 0) {
    result.verdict = result.same == 1 ? NameVerdict::Link : NameVerdict::Ask;
    return result;
  }
  if (!query.has_form) {
    const std::string_view bare = without_market_marks(normal.full);
    if (bare.size() < normal.full.size()) query = prepare(normalize_firm_name(bare));
  }

  // The rarest pairs first; of one that alone is more than all may be, the first names.
  Scratch& mine = scratch.local();
  mine.votes.resize(count);
  std::array<std::pair<std::uint32_t, std::size_t>, kLongest*(kReach + 1)> keys;
  std::size_t key_count = 0;
  each_key(query.characters.data(), query.parts.data(), query.size, [&](std::size_t at) {
    const std::uint32_t size = bucket_begins[at + 1] - bucket_begins[at];
    if (size > 0) keys[key_count++] = {size, at};
  });
  std::sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(key_count));
  std::size_t left = kPostings;
  for (std::size_t k = 0; k < key_count && left > 0; ++k) {
    const auto [size, at] = keys[k];
    if (k > 0 && keys[k - 1].second == at) continue;
    const std::size_t taken = std::min<std::size_t>(size, left);
    left -= taken;
    const float vote =
        static_cast<float>(std::log((static_cast<double>(count) + 2) / size)) + 0.05F;
    for (std::size_t p = bucket_begins[at]; p < bucket_begins[at] + taken; ++p) {
      float& votes = mine.votes[postings[p]];
      if (votes == 0) mine.met.push_back(postings[p]);
      votes += vote;
    }
  }
  const auto better = [&](std::uint32_t a, std::uint32_t b) {
    if (mine.votes[a] != mine.votes[b]) return mine.votes[a] > mine.votes[b];
    return full_of[a] != full_of[b] ? full_of[a] < full_of[b] : a < b;
  };
  if (mine.met.size() > kAligned) {
    std::nth_element(mine.met.begin(), mine.met.begin() + kAligned, mine.met.end(), better);
  }
  std::vector<NameCandidate> all;
  for (std::size_t i = 0; i < mine.met.size(); ++i) {
    if (i < kAligned && !(same_names == Same::LeftOut && full_of[mine.met[i]] == full_hash)) {
      if (const double value = score(query, mine.met[i]); value > 0) {
        all.push_back({mine.met[i], value});
      }
    }
    mine.votes[mine.met[i]] = 0;
  }
  mine.met.clear();
  std::ranges::sort(all, [](const NameCandidate& a, const NameCandidate& b) {
    return a.score != b.score ? a.score > b.score : a.name < b.name;
  });
  if (all.empty() || all.front().score < options.ask) return result;
  const double lead = all.size() > 1 ? all[0].score - all[1].score : 1;
  const bool sure =
      same_names == Same::Counts && all.front().score >= options.link && lead >= options.margin;
  result.verdict = sure ? NameVerdict::Link : NameVerdict::Ask;
  for (const NameCandidate& one : all) {
    if (one.score < options.ask || result.candidates.size() == options.most) break;
    result.candidates.push_back(one);
  }
  return result;
}

FirmMatcher::FirmMatcher(std::span<const std::string_view> names, const MatchOptions& options) {
  const bool in_range = options.link > 0 && options.link <= 1 && options.margin >= 0 &&
                        options.margin <= 1 && options.ask > 0 && options.ask <= options.link &&
                        options.most >= 1 && options.most <= 64;
  if (!in_range) {
    throw Error(ErrorCode::InvalidArgument,
                {"thresholds of matching names: 0 < ask ≤ link ≤ 1, margin in [0, 1], 1 to 64 "
                 "candidates",
                 "名称匹配的阈值须满足 0 < ask ≤ link ≤ 1，margin 在 [0, 1]，候选 1 至 64 个"});
  }
  auto index = std::make_unique<Index>(options);
  index->build(names);
  index_ = std::move(index);
}

FirmMatcher::FirmMatcher(FirmMatcher&&) noexcept = default;
FirmMatcher& FirmMatcher::operator=(FirmMatcher&&) noexcept = default;
FirmMatcher::~FirmMatcher() = default;

NameMatch FirmMatcher::match(std::string_view name) const {
  return index_->match(name, Index::Same::Counts);
}

NameMatch FirmMatcher::others(std::string_view name) const {
  return index_->match(name, Index::Same::LeftOut);
}

std::vector<NameMatch> FirmMatcher::match_all(std::span<const std::string_view> names) const {
  std::vector<NameMatch> all(names.size());
  constexpr std::size_t kGrain = 256;
  parallel_for_parts(names.size(), kGrain, [&](std::size_t first, std::size_t last) {
    check_stop(index_->options.stop, kMatching);
    for (std::size_t i = first; i < last; ++i)
      all[i] = index_->match(names[i], Index::Same::Counts);
  });
  return all;
}

}  // namespace liantu

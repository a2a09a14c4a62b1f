#include "liantu/ingest/who/firm_matcher.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tbb/enumerable_thread_specific.h>

#include "base/run/parallel.hpp"
#include "base/run/stopping.hpp"
#include "ingest/who/name_alignment.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/values/firm_name.hpp"

namespace liantu {
namespace {

constexpr Interrupted kMatching = {"matching of names was interrupted", "名称匹配被中断"};

constexpr std::size_t kReach = 3;        // how far apart the characters of a looked-up pair stand
constexpr std::size_t kPostings = 2000;  // known names met for one query
constexpr std::size_t kAligned = 32;     // of these that are compared character by character

/// Names met so far and their votes: a table small enough for the nearest cache, however many
/// names are known.
class Votes {
 public:
  struct NameVotes {
    std::uint32_t name;
    float votes;
  };

  void add(std::uint32_t name, float vote) {
    std::size_t at = (name * 0x9E3779B1U) >> kShift;
    while (places_[at] != 0 && met_[places_[at] - 1U].name != name) at = (at + 1) % kPlaces;
    if (places_[at] != 0) {
      met_[places_[at] - 1U].votes += vote;
      return;
    }
    met_[size_] = {name, vote};
    places_[at] = static_cast<std::uint16_t>(++size_);
  }
  void clear() {
    if (size_ > 0) places_.fill(0);
    size_ = 0;
  }
  /// The `most` names of the most votes, in any order.
  std::span<const NameVotes> best(std::size_t most) {
    const auto first = met_.begin();
    const auto end = first + static_cast<std::ptrdiff_t>(size_);
    const auto better = [](const NameVotes& a, const NameVotes& b) {
      return a.votes != b.votes ? a.votes > b.votes : a.name < b.name;
    };
    if (size_ > most)
      std::nth_element(first, first + static_cast<std::ptrdiff_t>(most), end, better);
    return {met_.data(), std::min(size_, most)};
  }

 private:
  static constexpr std::size_t kPlaces = 4096;  // twice as many as are met
  static constexpr unsigned kShift = 32 - 12;
  static_assert(kPlaces >= 2 * kPostings);
  std::array<std::uint16_t, kPlaces> places_{};  // 1 + index into met_
  std::array<NameVotes, kPostings> met_{};
  std::size_t size_ = 0;
};

}  // namespace

struct FirmMatcher::Index {
  explicit Index(const MatchOptions& given) : options(given) {}

  void build(std::span<const std::string_view> names);
  void post();
  enum class SameNames : std::uint8_t { Counts, LeftOut };
  [[nodiscard]] NameMatch match(std::string_view name, SameNames same_names) const;
  [[nodiscard]] double score(const QueryName& from, std::uint32_t rank) const;

  [[nodiscard]] const char16_t* characters_of(std::uint32_t rank) const {
    return characters.data() + known[rank].begin;
  }
  // Bucket of a pair of characters, or of a character alone.
  [[nodiscard]] std::size_t bucket(char16_t a, char16_t b) const {
    const std::uint64_t key = (std::uint64_t{a} << 16U) | b;
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> shift);
  }
  // Of `size` characters, the legal form beginning at `form`.
  template <typename Use>
  void each_key(const char16_t* at, std::size_t size, std::size_t form, const Use& use) const {
    const std::size_t end = std::min(size, form);
    if (form == 0 && size > 0) use(bucket(at[0], 0));
    for (std::size_t i = 0; i < end; ++i) {
      use(bucket(at[i], 0));
      for (std::size_t j = i + 1; j < end && j <= i + kReach; ++j) use(bucket(at[i], at[j]));
    }
  }

  MatchOptions options;
  // A name's rank is its place by hash, then by index: which names are met first, and which of two
  // is kept, does not depend on the order of rows.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> fulls;  // hash and index, by rank
  std::vector<KnownName> known;                                // by rank
  std::vector<char16_t> characters;
  std::vector<float> weights;  // by character
  unsigned shift = 0;
  std::vector<std::uint32_t> bucket_begins;
  std::vector<std::uint32_t> postings;  // ranks

  mutable tbb::enumerable_thread_specific<Votes> votes;
};

void FirmMatcher::Index::build(std::span<const std::string_view> names) {
  const std::size_t count = names.size();
  constexpr std::size_t kChunkNames = 4096;
  const std::size_t chunks = (count + kChunkNames - 1) / kChunkNames;
  struct Chunk {
    std::vector<char16_t> characters;
    std::vector<KnownName> known;
  };
  std::vector<Chunk> made(chunks);
  fulls.resize(count);
  parallel_for(chunks, [&](std::size_t chunk) {
    check_stop(options.stop, kMatching);
    Chunk& into = made[chunk];
    into.known.reserve(kChunkNames);
    const std::size_t end = std::min(count, (chunk + 1) * kChunkNames);
    for (std::size_t i = chunk * kChunkNames; i < end; ++i) {
      const PreparedName one = prepare_name(normalize_firm_name(names[i]));
      into.known.push_back(known_name(one, into.characters.size()));
      into.characters.insert(into.characters.end(), one.characters.begin(),
                             one.characters.begin() + static_cast<std::ptrdiff_t>(one.size));
      fulls[i] = {one.full, static_cast<std::uint32_t>(i)};
    }
  });
  std::ranges::sort(fulls);
  std::size_t total = 0;
  for (const Chunk& chunk : made) total += chunk.characters.size();
  characters.reserve(total);
  known.reserve(count);
  for (const auto& [full, name] : fulls) {
    const Chunk& from = made[name / kChunkNames];
    KnownName one = from.known[name % kChunkNames];
    const auto first = from.characters.begin() + static_cast<std::ptrdiff_t>(one.begin);
    one.begin = static_cast<std::uint32_t>(characters.size());
    characters.insert(characters.end(), first, first + one.size);
    known.push_back(one);
  }
  made.clear();

  std::vector<std::uint32_t> frequency(0x10000);
  for (const KnownName& one : known) {
    const char16_t* const first = characters.data() + one.begin;
    for (const char16_t* at = first; at != first + one.size; ++at) {
      if (std::find(first, at, *at) == at) ++frequency[*at];
    }
  }
  weights.resize(frequency.size());
  // The constants keep a table of few names from telling what is common.
  for (std::size_t c = 0; c < weights.size(); ++c) {
    weights[c] = static_cast<float>(
        std::log((static_cast<double>(count) + 50.0) / (static_cast<double>(frequency[c]) + 5.0)));
    weights[c] = std::max(weights[c], 0.1F);
  }
  post();
}

// Lists of names by bucket. A share of the buckets at a time is written, so that what is written
// to stays in the caches.
void FirmMatcher::Index::post() {
  unsigned bits = 10;
  while (bits < 24 && (std::size_t{1} << bits) < characters.size()) ++bits;
  shift = 64 - bits;
  const std::size_t buckets = std::size_t{1} << bits;
  bucket_begins.assign(buckets + 1, 0);
  constexpr std::size_t kShareBuckets = std::size_t{1} << 18;
  const std::size_t shares = (buckets + kShareBuckets - 1) / kShareBuckets;
  // One pass over the names tells where each share's lists go, the next writes keys by share.
  struct Posting {
    std::uint32_t bucket;
    std::uint32_t rank;
  };
  std::vector<std::size_t> share_begins(shares + 1, 0);
  const auto each = [&](const auto& use) {
    for (std::uint32_t rank = 0; rank < known.size(); ++rank) {
      if (rank % kLooksApart == 0) check_stop(options.stop, kMatching);
      const KnownName& one = known[rank];
      each_key(characters_of(rank), one.size, one.trade_end,
               [&](std::size_t at) { use(at, rank); });
    }
  };
  each([&](std::size_t at, std::uint32_t) { ++share_begins[at / kShareBuckets + 1]; });
  for (std::size_t share = 0; share < shares; ++share)
    share_begins[share + 1] += share_begins[share];
  std::vector<Posting> sorted(share_begins.back());
  std::vector<std::size_t> next(share_begins.begin(), share_begins.end() - 1);
  each([&](std::size_t at, std::uint32_t rank) {
    sorted[next[at / kShareBuckets]++] = {static_cast<std::uint32_t>(at), rank};
  });
  postings.resize(sorted.size());
  parallel_for(shares, [&](std::size_t share) {
    check_stop(options.stop, kMatching);
    const std::span<const Posting> mine(sorted.data() + share_begins[share],
                                        share_begins[share + 1] - share_begins[share]);
    const std::size_t first = share * kShareBuckets;
    const std::size_t size = std::min(kShareBuckets, buckets - first);
    std::vector<std::uint32_t> at(size + 1, 0);
    for (const Posting& one : mine) ++at[one.bucket - first + 1];
    at[0] = static_cast<std::uint32_t>(share_begins[share]);
    for (std::size_t i = 0; i < size; ++i) {
      at[i + 1] += at[i];
      bucket_begins[first + i] = at[i];
    }
    for (const Posting& one : mine) postings[at[one.bucket - first]++] = one.rank;
  });
  bucket_begins.back() = static_cast<std::uint32_t>(postings.size());
}

double FirmMatcher::Index::score(const QueryName& from, std::uint32_t rank) const {
  constexpr double kBrandLeft = 0.30;
  constexpr double kOtherLeft = 0.06;
  constexpr double kBelowSame = 0.999;
  constexpr int kSlips = 2;             // characters of a trade that a slip of the pen may change
  constexpr double kOtherBegin = 0.93;  // 美达 in 苏美达
  constexpr double kNoShares = 0.90;    // 示例股份 in 示例有限公司
  if (from.whole <= 0) return 0;
  const PreparedName& query = from.name;
  const KnownName& other = known[rank];
  const NameAlignment found = align_names(from, other, characters_of(rank), weights);
  double score = found.found / from.whole;
  if (found.brand > 0) score *= 1 - kBrandLeft * found.brand_left / found.brand;
  if (found.other > 0) score *= 1 - kOtherLeft * found.other_left / found.other;
  if (!found.brand_begins) score *= kOtherBegin;
  if (query.says_shares && !found.query_ends) score *= kNoShares;
  const double below_link = options.link - 0.01;
  const double below_ask = options.ask - 0.01;
  const RegionCode here = query.region;
  const RegionCode there = other.region;
  if (here.known() && there.known() && !here.contains(there) && !there.contains(here)) {
    return std::min(score, below_ask);
  }
  if (query.has_form) {
    const int other_trade = found.query_trade_left + found.known_trade_left;
    if (other_trade > kSlips) return std::min(score, below_ask);
    const bool other_form = other.has_form && other.form != query.form;
    const bool other_brand = found.query_brand_left + found.known_brand_left > 0;
    if (other_brand || other_trade > 0 || found.slips > kSlips || other_form || here != there) {
      score = std::min(score, below_link);
    }
  }
  // Of a longer name only the beginning is compared.
  const bool whole = query.size < kLongestCompared && other.size < kLongestCompared;
  return std::min(score, whole ? kBelowSame : below_link);
}

NameMatch FirmMatcher::Index::match(std::string_view name, SameNames same_names) const {
  NameMatch result;
  if (known.empty()) return result;
  const FirmName normal = normalize_firm_name(name);
  PreparedName query = prepare_name(normal);
  if (query.size == 0) return result;
  auto same = std::ranges::lower_bound(fulls, query.full, {},
                                       &std::pair<std::uint64_t, std::uint32_t>::first);
  const std::uint64_t full_hash = query.full;
  for (; same_names == SameNames::Counts && same != fulls.end() && same->first == full_hash;
       ++same) {
    if (result.same++ < options.most) result.candidates.push_back({same->second, 1.0});
  }
  if (result.same > 0) {
    result.verdict = result.same == 1 ? NameVerdict::Link : NameVerdict::Ask;
    return result;
  }
  if (!query.has_form) {
    const std::string_view bare = without_market_marks(normal.full);
    if (bare.size() < normal.full.size()) query = prepare_name(normalize_firm_name(bare));
  }

  // The rarest pairs first; of one that alone is more than all may be, the first names.
  Votes& mine = votes.local();
  mine.clear();
  std::array<std::pair<std::uint32_t, std::size_t>, kLongestCompared*(kReach + 1)> keys;
  std::size_t key_count = 0;
  const auto* const parts = query.parts.data();
  const auto form =
      static_cast<std::size_t>(std::find(parts, parts + query.size, NamePart::Form) - parts);
  each_key(query.characters.data(), query.size, form, [&](std::size_t at) {
    __builtin_prefetch(&bucket_begins[at]);
    keys[key_count++] = {0, at};
  });
  std::size_t used = 0;
  for (std::size_t k = 0; k < key_count; ++k) {
    const std::size_t at = keys[k].second;
    const std::uint32_t size = bucket_begins[at + 1] - bucket_begins[at];
    if (size == 0) continue;
    __builtin_prefetch(&postings[bucket_begins[at]]);
    keys[used++] = {size, at};
  }
  std::sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(used));
  std::size_t left = kPostings;
  for (std::size_t k = 0; k < used && left > 0; ++k) {
    const auto [size, at] = keys[k];
    if (k > 0 && keys[k - 1].second == at) continue;
    const std::size_t taken = std::min<std::size_t>(size, left);
    left -= taken;
    const float vote =
        static_cast<float>(std::log((static_cast<double>(known.size()) + 2) / size)) + 0.05F;
    for (std::size_t p = bucket_begins[at]; p < bucket_begins[at] + taken; ++p) {
      mine.add(postings[p], vote);
    }
  }
  const std::span<const Votes::NameVotes> met = mine.best(kAligned);
  for (const Votes::NameVotes& one : met) __builtin_prefetch(&known[one.name]);
  for (const Votes::NameVotes& one : met) __builtin_prefetch(characters_of(one.name));
  const QueryName from(query, weights);
  // What lies below changes neither the candidates nor whether the first leads by enough.
  constexpr double kRounding = 1e-3;
  const double least = std::min(options.ask, options.link - options.margin) - kRounding;
  std::vector<NameCandidate> all;
  for (const Votes::NameVotes& one : met) {
    if (same_names == SameNames::LeftOut && fulls[one.name].first == full_hash) continue;
    if (most_found(from, known[one.name], characters_of(one.name)) < least * from.whole) continue;
    if (const double value = score(from, one.name); value > 0) {
      all.push_back({fulls[one.name].second, value});
    }
  }
  std::ranges::sort(all, [](const NameCandidate& a, const NameCandidate& b) {
    return a.score != b.score ? a.score > b.score : a.name < b.name;
  });
  if (all.empty() || all.front().score < options.ask) return result;
  const double lead = all.size() > 1 ? all[0].score - all[1].score : 1;
  const bool sure = same_names == SameNames::Counts && all.front().score >= options.link &&
                    lead >= options.margin;
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
                {"the thresholds for matching names must satisfy 0 < ask ≤ link ≤ 1, margin in [0, "
                 "1] and 1 to 64 candidates",
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
  return index_->match(name, Index::SameNames::Counts);
}

NameMatch FirmMatcher::others(std::string_view name) const {
  return index_->match(name, Index::SameNames::LeftOut);
}

std::vector<NameMatch> FirmMatcher::match_all(std::span<const std::string_view> names) const {
  std::vector<NameMatch> all(names.size());
  constexpr std::size_t kGrain = 256;
  parallel_for_parts(names.size(), kGrain, [&](std::size_t first, std::size_t last) {
    check_stop(index_->options.stop, kMatching);
    for (std::size_t i = first; i < last; ++i)
      all[i] = index_->match(names[i], Index::SameNames::Counts);
  });
  return all;
}

}  // namespace liantu

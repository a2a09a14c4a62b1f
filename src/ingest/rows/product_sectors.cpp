#include "ingest/rows/product_sectors.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/core/string_map.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/goods_kinds.hpp"

namespace liantu {
namespace {

// What the makers of a product are.
struct Makers {
  std::size_t sector = 0;
  std::string_view industry;
  double share = 0;  // of those that state an industry
  std::size_t count = 0;
  std::string_view division;  // in which most of them are; empty when less than kAgreed are
};

constexpr double kAgreed = 0.6;  // of the makers of a product

struct Vote {
  std::uint32_t segment = 0;
  std::size_t sector = 0;
  std::string_view industry;
  std::uint32_t firm = 0;
};

std::vector<std::optional<Makers>> ask_makers(std::uint32_t segments, const ProductSupport& support,
                                              std::span<const std::string> industries,
                                              SectorScheme scheme) {
  std::vector<std::optional<std::size_t>> sector_of_firm(industries.size());
  for (std::size_t firm = 0; firm < industries.size(); ++firm) {
    if (!industries[firm].empty()) sector_of_firm[firm] = sector_of(industries[firm], scheme);
  }
  std::vector<Vote> votes;
  for (const ProductSupport::Sale& sale : support.sales()) {
    if (sale.firm >= industries.size() || !sector_of_firm[sale.firm]) continue;
    votes.push_back({sale.segment, *sector_of_firm[sale.firm], industries[sale.firm], sale.firm});
  }
  const auto key = [](const Vote& vote) {
    return std::tuple(vote.segment, vote.sector, vote.industry, vote.firm);
  };
  std::ranges::sort(votes, {}, key);
  votes.erase(std::unique(votes.begin(), votes.end(),
                          [&](const Vote& a, const Vote& b) { return key(a) == key(b); }),
              votes.end());
  std::vector<std::optional<Makers>> makers(segments);
  for (std::size_t first = 0, end = 0; first < votes.size(); first = end) {
    while (end < votes.size() && votes[end].segment == votes[first].segment) ++end;
    Makers best;
    for (std::size_t from = first, to = first; from < end; from = to) {
      while (to < end && votes[to].sector == votes[from].sector) ++to;
      if (to - from > best.count) best = {votes[from].sector, votes[from].industry, 0, to - from};
    }
    best.share = static_cast<double>(best.count) / static_cast<double>(end - first);
    const auto in_division = std::count_if(
        votes.begin() + static_cast<std::ptrdiff_t>(first),
        votes.begin() + static_cast<std::ptrdiff_t>(end),
        [&](const Vote& vote) { return vote.industry.substr(0, 3) == best.industry.substr(0, 3); });
    if (static_cast<double>(in_division) >= kAgreed * static_cast<double>(end - first)) {
      best.division = best.industry.substr(0, 3);
    }
    makers[votes[first].segment] = best;
  }
  return makers;
}

// How often such evidence is right: docs/industries.md.
constexpr double kBoth = 0.95;
constexpr double kSeveralMakers = 0.75;
constexpr double kOneMaker = 0.55;  // not sure: what one firm makes beside its business
constexpr double kContradicted = 0.5;
constexpr double kClass = 0.9;  // of what its class is sure of
constexpr double kKnownKind = 0.8;

// Of makers in a division the kind of goods that the name tells: 铜管 is rolled by a smelter too.
class KindsByDivision {
 public:
  std::optional<ProductSector> sector(std::string_view name, std::string_view division,
                                      SectorScheme scheme) {
    auto& kinds = kinds_[std::string(division)];
    if (kinds.empty()) {
      for (const GoodsKind* kind : kinds_made_in(std::span(&division, 1))) {
        if (kind->made_in.front().starts_with(division)) kinds.push_back(kind);
      }
    }
    const GoodsKind* kind = kind_of_product(name, kinds);
    if (kind == nullptr) return std::nullopt;
    const auto found = sector_of(kind->made_in.front(), scheme);
    if (!found) return std::nullopt;
    return ProductSector{*found, std::string(kind->made_in.front()), kKnownKind};
  }

 private:
  std::map<std::string, std::vector<const GoodsKind*>> kinds_;
};

// @param name  By its name alone.
std::optional<ProductSector> decide(const std::optional<ProductSector>& name,
                                    const std::optional<Makers>& makers) {
  const bool agreed = makers && makers->share >= kAgreed;
  if (!agreed) return name;
  if (!name) {
    return ProductSector{makers->sector, std::string(makers->industry),
                         makers->count >= 2 ? kSeveralMakers : kOneMaker};
  }
  ProductSector result = *name;
  const bool head_only = name->confidence < 0.7;
  if (makers->sector == name->sector) {
    result.confidence = kBoth;
  } else if (head_only && makers->count >= 2) {
    result = {makers->sector, std::string(makers->industry), kSeveralMakers - 0.1};
  } else if (head_only) {
    result.confidence = kContradicted;
  }
  return result;
}

}  // namespace

std::vector<std::optional<ProductSector>> find_product_sectors(
    const SegmentRegistry& segments, const ProductSupport& support,
    std::span<const std::string> industries, const IndustryClassifier& classifier,
    SectorScheme scheme) {
  const std::uint32_t count = segments.size();
  const std::vector<std::optional<Makers>> makers = ask_makers(count, support, industries, scheme);
  std::vector<std::optional<ProductSector>> found(count);
  StringMap<std::uint32_t> classes;
  KindsByDivision kinds;
  for (std::uint32_t s = 0; s < count; ++s) {
    if (!segments.is_product(s)) continue;
    std::optional<ProductSector> name;
    if (const auto read = classifier.classify_product(segments.name(s))) {
      if (const auto sector = sector_of(read->code, scheme)) {
        name = ProductSector{*sector, read->code, read->confidence};
      }
    }
    const bool told = name && name->confidence >= 0.7;
    if (!told && makers[s] && !makers[s]->division.empty()) {
      if (auto kind = kinds.sector(segments.name(s), makers[s]->division, scheme)) name = kind;
    }
    found[s] = decide(name, makers[s]);
    if (found[s] && found[s]->confidence >= kSureSector) classes.try_emplace(segments.name(s), s);
  }
  // 双壁波纹管 is a 波纹管.
  for (std::uint32_t s = 0; s < count; ++s) {
    if (found[s] || !segments.is_product(s)) continue;
    const std::string_view name = segments.name(s);
    for (std::size_t at = 1; at < name.size(); ++at) {
      if ((static_cast<unsigned char>(name[at]) & 0xC0U) == 0x80) continue;
      const std::string_view ending = name.substr(at);
      if (count_code_points(ending) < 2) break;
      const auto known = classes.find(ending);
      if (known == classes.end()) continue;
      found[s] = found[known->second];
      found[s]->confidence *= kClass;
      break;
    }
  }
  return found;
}

}  // namespace liantu

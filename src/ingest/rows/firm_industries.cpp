#include "ingest/rows/firm_industries.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ingest/rows/input_tables.hpp"
#include "ingest/rows/product_sectors.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/base/values/industry.hpp"
#include "liantu/ingest/scope/infer_industry.hpp"
#include "liantu/ingest/sectors/concordance.hpp"

namespace liantu {
namespace {

class Placer {
 public:
  Placer(const InputOutputReader::Sectors& sectors, GraphBuilder& builder)
      : sectors_(sectors), builder_(builder) {}

  // False when the industry spans several sectors.
  bool place(std::uint32_t firm, std::string_view industry, std::string_view words,
             const Provenance& from, std::optional<double> share = {}) {
    const auto sector = sector_of(industry, sectors_.scheme);
    if (!sector) return false;
    const Industry* known = find_industry(industry);
    const std::string detail = words.empty()
                                   ? fmt::format("{} {}", known->code, known->name)
                                   : fmt::format("{} {}: {}", known->code, known->name, words);
    EdgeAttributes attributes;
    attributes.detail = detail;
    attributes.share = share;
    builder_.relate(RelationKind::Makes, FirmId{firm}, SegmentId{sectors_.segments[*sector]},
                    attributes, from);
    return true;
  }

 private:
  const InputOutputReader::Sectors& sectors_;
  GraphBuilder& builder_;
};

}  // namespace

namespace {

// A sector that holds less of a firm's revenue is not one of its businesses.
constexpr double kLeastShare = 0.2;
constexpr std::size_t kMostSectors = 3;
// What a firm's stated industry counts beside its products, of what these count together.
constexpr double kIndustryCounts = 0.5;

// Where the revenue of a firm comes from, by the shares that tables state of its products; shares of
// several classifications may stand side by side, so only their proportion is looked at.
struct Business {
  std::size_t sector = 0;
  double share = 0;
  std::string industry;
  std::string_view words;
};

std::vector<Business> businesses(std::span<const ProductSupport::Sale> sales,
                                 std::span<const std::optional<ProductSector>> products,
                                 const SegmentRegistry& segments,
                                 const std::optional<std::size_t>& main) {
  std::vector<Business> found;
  std::vector<double> largest;
  double total = 0;
  const bool shares = std::ranges::any_of(
      sales, [](const ProductSupport::Sale& sale) { return sale.share.value_or(0) > 0; });
  for (const ProductSupport::Sale& sale : sales) {
    const double weight = shares ? std::clamp(sale.share.value_or(0), 0.0, 1.0) : 1.0;
    const auto& product = products[sale.segment];
    if (!product || product->confidence < kLeastShare || !(weight > 0)) continue;
    total += weight;
    auto same = std::ranges::find(found, product->sector, &Business::sector);
    if (same == found.end()) {
      found.push_back({product->sector, 0, product->industry, {}});
      largest.push_back(0);
      same = std::prev(found.end());
    }
    same->share += weight;
    double& most = largest[static_cast<std::size_t>(same - found.begin())];
    if (weight > most) {
      most = weight;
      same->words = segments.name(sale.segment);
    }
  }
  for (Business& one : found) one.share /= total;
  if (main) {
    const double counts = found.empty() ? 1 : kIndustryCounts / (1 + kIndustryCounts);
    for (Business& one : found) one.share *= 1 - counts;
    const auto same = std::ranges::find(found, *main, &Business::sector);
    if (same != found.end()) {
      same->share += counts;
    } else {
      found.push_back({*main, counts, {}, {}});
    }
  }
  std::ranges::sort(found, {},
                    [](const Business& one) { return std::pair(-one.share, one.sector); });
  return found;
}

// In which of several industries a firm is, by the kinds of its products.
struct ToldIndustry {
  std::string_view industry;
  std::string_view words;
};

// Nothing where most of what it sells is of the first, or of no known kind.
std::optional<ToldIndustry> tell_industry(std::span<const Industry* const> among,
                                          std::span<const ProductSupport::Sale> sales,
                                          const SegmentRegistry& segments) {
  constexpr double kMost = 0.6;
  std::vector<std::string_view> codes;
  for (const Industry* one : among) codes.push_back(one->code);
  const std::vector<const GoodsKind*> kinds = kinds_made_in(codes);
  std::vector<double> sold(codes.size());
  std::vector<std::string_view> words(codes.size());
  std::vector<double> largest(codes.size());
  double total = 0;
  for (const ProductSupport::Sale& sale : sales) {
    const double share = std::clamp(sale.share.value_or(0), 0.0, 1.0);
    if (!(share > 0)) continue;
    const std::string_view name = segments.name(sale.segment);
    const GoodsKind* kind = kind_of_product(name, kinds);
    if (kind == nullptr) continue;
    const auto code = std::ranges::find_if(
        codes, [&](std::string_view one) { return kind->made_in.front().starts_with(one); });
    if (code == codes.end()) continue;
    const auto at = static_cast<std::size_t>(code - codes.begin());
    total += share;
    sold[at] += share;
    if (share > largest[at]) {
      largest[at] = share;
      words[at] = name;
    }
  }
  const auto most = static_cast<std::size_t>(std::ranges::max_element(sold) - sold.begin());
  if (most == 0 || sold[most] < kMost * total || largest[most] < kLeastShare) return std::nullopt;
  return ToldIndustry{codes[most], words[most]};
}

}  // namespace

void place_in_sectors(const InputOutputReader& sectors, const FirmStatements& statements,
                      Directory& directory, const ProductSupport& support, GraphBuilder& builder,
                      const IngestOptions& options, IngestResult& result) {
  if (!sectors.sectors()) return;
  const SectorScheme scheme = sectors.sectors()->scheme;
  const FirmRegistry& firms = directory.firms();
  const SegmentRegistry& segments = directory.segments();
  Placer placer(*sectors.sectors(), builder);
  const IndustryClassifier classifier;
  const std::size_t scope_field = field_index(EntityKind::Firm, "scope");
  const std::size_t industry_field = field_index(EntityKind::Firm, "industry");
  const std::uint32_t count = builder.size(EntityKind::Firm);
  std::vector<ProductSupport::Sale> sales = support.sales();
  std::ranges::stable_sort(sales, {}, &ProductSupport::Sale::firm);
  const auto sales_of = [&](std::uint32_t id) {
    return std::span<const ProductSupport::Sale>(
        std::ranges::lower_bound(sales, id, {}, &ProductSupport::Sale::firm),
        std::ranges::upper_bound(sales, id, {}, &ProductSupport::Sale::firm));
  };
  std::vector<std::string> industries(count);
  std::vector<std::string_view> told_by(count);  // the product that tells; empty where none does
  for (std::uint32_t id = 0; id < count; ++id) {
    const FirmStatements::KeptStatement stated = statements.kept(id, industry_field);
    const Industry* industry = stated.words.empty() ? nullptr : read_industry(stated.words);
    if (industry == nullptr) continue;
    industries[id] = industry->code;
    const std::vector<const Industry*> among = market_industries(stated.words);
    if (!options.infer_scope || among.size() < 2 || among.front() != industry) continue;
    if (const auto told = tell_industry(among, sales_of(id), segments)) {
      industries[id] = told->industry;
      told_by[id] = told->words;
    }
  }
  std::vector<std::optional<ProductSector>> products;
  if (options.infer_scope) {
    products = find_product_sectors(segments, support, industries, classifier, scheme);
    for (std::uint32_t s = 0; s < products.size(); ++s) {
      if (!products[s] || products[s]->confidence < kSureSector) continue;
      builder.set(SegmentId{s}, EntityText::Industry, products[s]->industry);
    }
  }
  for (std::uint32_t id = 0; id < count; ++id) {
    if (id % 4096 == 0) {
      check_stop(options.stop, kReading);
      if (options.progress) options.progress("industry", id, count);
    }
    std::optional<std::size_t> main;
    if (!industries[id].empty()) {
      main = sector_of(industries[id], scheme);
      Provenance from = statements.kept(id, industry_field).from;
      if (!told_by[id].empty()) from.basis = Basis::Inferred;
      if (placer.place(id, industries[id], told_by[id], from)) {
        ++(told_by[id].empty() ? result.industries_stated : result.industries_inferred);
      }
    }
    if (!options.infer_scope) continue;
    if (support.stated(id)) {
      const auto own = sales_of(id);
      // Who states amounts has said all there is to say; what it earns elsewhere is not guessed.
      const bool stated = std::ranges::any_of(own, [](const ProductSupport::Sale& sale) {
        return sale.amount.has_value() || !sale.share;
      });
      if (stated || own.empty()) continue;
      Provenance from = firms.origin(id);
      from.basis = Basis::Inferred;
      std::size_t told = 0;
      for (const Business& one : businesses(own, products, segments, main)) {
        if (one.share < kLeastShare || told == kMostSectors) break;
        ++told;
        if (main && one.sector == *main) continue;
        from.confidence = static_cast<float>(one.share);
        placer.place(id, one.industry, one.words, from, one.share);
      }
      if (!main && told > 0) ++result.industries_inferred;
      continue;
    }
    if (main) continue;
    const FirmStatements::KeptStatement scope = statements.kept(id, scope_field);
    const auto inferred = classifier.classify(firms.name(id), scope.words);
    if (!inferred) continue;
    Provenance from;
    from.source = scope.words.empty() ? firms.origin(id).source : scope.from.source;
    from.row = scope.words.empty() ? firms.origin(id).row : scope.from.row;
    from.basis = Basis::Inferred;
    from.confidence = static_cast<float>(inferred->confidence);
    if (placer.place(id, inferred->code, inferred->words, from)) ++result.industries_inferred;
  }
}

}  // namespace liantu

#include "liantu/graph/synth.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

constexpr std::uint64_t kRelationsPerFirm = 10;
constexpr std::uint32_t kUnit = 16;                      // sizes are kept in sixteenths
constexpr std::uint32_t kLargest = 1'000'000 * kUnit;    // a million times the smallest
constexpr std::uint32_t kLargestDistrict = 500 * kUnit;  // as to weight
constexpr double kSmallestRevenue = 1e6;                 // CNY per year
constexpr std::uint32_t kIndustry = 12;                  // products in an industry
constexpr std::uint32_t kGeneral = 40;  // one product in so many is used everywhere
constexpr std::uint32_t kStep = 4096;   // firms between two looks at the stop token

/// A source of numbers (SplitMix64). The standard's distributions differ between libraries and its
/// transcendental functions between machines, so that only integers, division and square roots are
/// used to shape what comes out.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  [[nodiscard]] std::uint64_t next() {
    std::uint64_t x = state_ += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
  }
  /// A number below `end`, which is far below 2^64.
  [[nodiscard]] std::uint64_t below(std::uint64_t end) {
    assert(end > 0);
    return next() % end;
  }
  [[nodiscard]] std::uint32_t below(std::uint32_t end) {
    return static_cast<std::uint32_t>((next() >> 32) * end >> 32);
  }
  /// At least kUnit; k times as much in one case of k; never above `largest`.
  [[nodiscard]] std::uint32_t heavy(std::uint32_t largest) {
    std::uint64_t value = 0;
    do value = (std::uint64_t{kUnit} << 32) / (1 + (next() >> 32));
    while (value > largest);
    return static_cast<std::uint32_t>(value);
  }

 private:
  std::uint64_t state_;
};

std::uint32_t root(std::uint64_t value) {
  return static_cast<std::uint32_t>(std::sqrt(static_cast<double>(value)));
}

/// What draws customers: output^(3/4).
std::uint64_t appeal(std::uint32_t output) {
  const double half = std::sqrt(static_cast<double>(output));
  return static_cast<std::uint64_t>(half * std::sqrt(half));
}

/// Sums of weights, to draw among neighbouring items by weight.
class Weights {
 public:
  void reserve(std::size_t items) { sums_.reserve(items + 1); }
  void push(std::uint64_t weight) { sums_.push_back(sums_.back() + weight); }
  /// One of the items [first, last), which have some weight.
  [[nodiscard]] std::size_t draw(Dice& dice, std::size_t first, std::size_t last) const {
    const std::uint64_t at = sums_[first] + dice.below(sums_[last] - sums_[first]);
    const auto begin = sums_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = sums_.begin() + static_cast<std::ptrdiff_t>(last);
    return first + static_cast<std::size_t>(std::upper_bound(begin, end, at) - begin) - 1;
  }

 private:
  std::vector<std::uint64_t> sums_{0};
};

/// Rows of different lengths, one behind the other.
template <typename T>
struct Rows {
  std::vector<std::uint32_t> first{0};
  std::vector<T> items;

  void close() { first.push_back(static_cast<std::uint32_t>(items.size())); }
  [[nodiscard]] std::span<const T> operator[](std::uint32_t row) const {
    return std::span(items).subspan(first[row], first[row + 1] - first[row]);
  }
};

struct Product {
  std::uint32_t segment = 0;
  std::uint32_t output = 0;
};

class Country {
 public:
  explicit Country(const SynthOptions& options)
      : options_(options),
        dice_(options.seed),
        firms_(static_cast<std::uint32_t>(options.relations / kRelationsPerFirm)),
        industries_(options.segments ? (*options.segments + kIndustry - 1) / (kIndustry + 1)
                                     : (2 * root(firms_) + kIndustry - 1) / kIndustry),
        segments_(options.segments ? *options.segments - industries_ : 2 * root(firms_)),
        left_(options.relations) {}

  GraphBuilder fill() {
    std::string name = fmt::format("synth-{}-{}", options_.relations, options_.seed);
    if (options_.segments) name += fmt::format("-{}", *options_.segments);
    said_.source = builder_.add_source(
        {std::move(name), "",
         "示例：随机生成的虚构国家，与真实企业无关；an invented country, no firm of it is real"});
    add_segments();
    add_firms();
    list_makers();
    link();
    return std::move(builder_);
  }

 private:
  void look_up(std::string_view stage, std::uint32_t done) const {
    if (options_.stop.stop_requested()) {
      throw Error(ErrorCode::Cancelled,
                  {"making the synthetic country was interrupted", "生成示例国家被中断"});
    }
    if (options_.progress) options_.progress(stage, done, firms_);
  }

  // Products stand in the order of the chain, the finished ones first. A product needs some that
  // come a little later and some of those that everybody needs (power, freight, machines), which is
  // how circles arise.
  void add_segments() {
    for (std::uint32_t i = 0; i < segments_; ++i) {
      builder_.set(builder_.add(EntityKind::Segment, fmt::format("示例产品{}", i + 1), said_),
                   EntityText::Type, "product");
    }
    for (std::uint32_t i = 0; i < segments_; ++i) {
      const std::uint32_t number = std::min(i / kIndustry, industries_ - 1);
      const SegmentId industry{segments_ + number};
      if (number == i / kIndustry && i % kIndustry == 0) {
        builder_.set(
            builder_.add(EntityKind::Segment, fmt::format("示例行业{}", number + 1), said_),
            EntityText::Type, "industry");
      }
      builder_.relate(RelationKind::PartOf, SegmentId{i}, industry, {}, said_);
      --left_;
    }

    std::vector<std::uint32_t> general(1 + segments_ / kGeneral);
    for (std::uint32_t& one : general) one = dice_.below(segments_);
    const std::uint32_t reach = 8 + segments_ / 8;
    std::vector<std::uint32_t> uses(segments_, 0);
    for (std::uint32_t i = 0; i < segments_; ++i) {
      std::vector<std::uint32_t> row;
      const auto need = [&](std::uint32_t input) {
        if (input == i || std::ranges::find(row, input) != row.end()) return;
        row.push_back(input);
        ++uses[input];
        EdgeAttributes rule;
        rule.coefficient = (1 + dice_.below(12U)) / 100.0;  // of at most seven inputs: below one
        builder_.relate(RelationKind::Requires, SegmentId{i}, SegmentId{input}, rule, said_);
        --left_;
      };
      for (std::uint32_t more = 2 + dice_.below(5U); more > 0; --more) {
        const std::uint32_t later = i + 1 + dice_.below(reach);
        need(later < segments_ ? later
                               : general[dice_.below(static_cast<std::uint32_t>(general.size()))]);
      }
      need(general[dice_.below(static_cast<std::uint32_t>(general.size()))]);
      inputs_.items.insert(inputs_.items.end(), row.begin(), row.end());
      inputs_.close();
    }
    // What more products need more firms make.
    for (std::uint32_t i = 0; i < segments_; ++i) {
      makers_wanted_.push(std::uint64_t{1 + uses[i]} * root(dice_.heavy(kLargest)));
    }
  }

  void add_firms() {
    const auto districts = regions(RegionLevel::District);
    Weights weights;
    for (std::size_t i = 0; i < districts.size(); ++i) weights.push(dice_.heavy(kLargestDistrict));
    sizes_.reserve(firms_);
    districts_.reserve(firms_);
    products_.first.reserve(firms_ + std::size_t{1});
    for (std::uint32_t i = 0; i < firms_; ++i) {
      if (i % kStep == 0) look_up("firm", i);
      const std::uint32_t size = dice_.heavy(kLargest);
      const RegionCode district = districts[weights.draw(dice_, 0, districts.size())];
      sizes_.push_back(size);
      districts_.push_back(district.value());
      const EntityRef firm =
          builder_.add(EntityKind::Firm, fmt::format("示例第{}号有限公司", i + 1), said_);
      builder_.set_region(firm, {district});
      builder_.set(firm, EntityNumber::Revenue, {yuan(size)});
      add_products(FirmId{i}, size);
    }
    look_up("firm", firms_);
  }

  // A main product and, for every factor of four in size, one beside it in the chain; each brings
  // half of what the ones before it left.
  void add_products(FirmId firm, std::uint32_t size) {
    const auto more = static_cast<std::uint32_t>(std::bit_width(size / kUnit) - 1) / 2;
    const auto main = static_cast<std::uint32_t>(makers_wanted_.draw(dice_, 0, segments_));
    std::uint32_t segment = main;
    std::uint32_t rest = size;
    for (std::uint32_t k = 0; k <= more; ++k) {
      const std::uint32_t output = k == more ? rest : rest / 2;
      rest -= output;
      products_.items.push_back({segment, output});
      EdgeAttributes attributes;
      attributes.amount = yuan(output);
      builder_.relate(RelationKind::Makes, firm, SegmentId{segment}, attributes, said_);
      --left_;
      segment = (segment + 1 + dice_.below(3U)) % segments_;
    }
    products_.close();
  }

  static double yuan(std::uint32_t size) { return size * (kSmallestRevenue / kUnit); }

  // The makers of each product in the order of their districts.
  void list_makers() {
    std::vector<std::uint32_t> order(firms_);
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t firm) { return districts_[firm]; });
    first_maker_.assign(segments_ + std::size_t{1}, 0);
    for (const Product& product : products_.items) ++first_maker_[product.segment + std::size_t{1}];
    for (std::uint32_t s = 0; s < segments_; ++s) first_maker_[s + 1] += first_maker_[s];
    makers_.resize(products_.items.size());
    std::vector<std::uint32_t> outputs(makers_.size());
    std::vector<std::uint32_t> at(first_maker_.begin(), first_maker_.end() - 1);
    for (const std::uint32_t firm : order) {
      for (const Product& product : products_[firm]) {
        const std::uint32_t place = at[product.segment]++;
        makers_[place] = {districts_[firm], firm};
        outputs[place] = product.output;
      }
    }
    appeals_.reserve(makers_.size());
    for (const std::uint32_t output : outputs) appeals_.push(appeal(output));
  }

  // Every firm buys, in proportion to the root of its size, what its products need. What one could
  // not get is left to those behind it, so that the total is right.
  void link() {
    std::uint64_t weight = 0;
    for (const std::uint32_t size : sizes_) weight += root(std::uint64_t{size} * kUnit);
    bought_.assign(firms_, firms_);
    for (std::uint32_t i = 0; i < firms_; ++i) {
      if (i % kStep == 0) look_up("supplies", i);
      const std::uint64_t own = root(std::uint64_t{sizes_[i]} * kUnit);
      const std::uint64_t wanted = (left_ * own + dice_.below(weight)) / weight;
      weight -= own;
      if (wanted > 0) left_ -= buy(i, wanted);
    }
    look_up("supplies", firms_);
  }

  // Goes round the inputs in random order, so that an input gets its second supplier when each has
  // been looked for once.
  std::uint64_t buy(std::uint32_t customer, std::uint64_t wanted) {
    needed_.clear();
    for (const Product& product : products_[customer]) {
      for (const std::uint32_t input : inputs_[product.segment]) {
        if (std::ranges::find(needed_, input) == needed_.end()) needed_.push_back(input);
      }
    }
    for (std::size_t k = needed_.size(); k > 1; --k) {
      std::swap(needed_[k - 1], needed_[dice_.below(std::uint64_t{k})]);
    }
    bought_[customer] = customer;  // nothing of itself
    std::uint64_t found = 0;
    const std::uint64_t most = 4 * wanted + 16;  // tries: where makers are few, the same come again
    for (std::uint64_t k = 0; k < most && found < wanted; ++k) {
      const std::uint32_t input = needed_[k % needed_.size()];
      const auto [first, last] = offered(input, districts_[customer]);
      if (first == last) continue;
      const std::uint32_t supplier = makers_[appeals_.draw(dice_, first, last)].firm;
      if (bought_[supplier] == customer) continue;
      bought_[supplier] = customer;
      EdgeAttributes attributes;
      attributes.segment = SegmentId{input};
      builder_.relate(RelationKind::Supplies, FirmId{supplier}, FirmId{customer}, attributes);
      ++found;
    }
    return found;
  }

  struct Maker {
    std::uint32_t district = 0;
    std::uint32_t firm = 0;
  };
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
  };

  // Makers among whom to draw: of the city in one case of four, of the province in another one,
  // else, and where there are none, of the whole country.
  Range offered(std::uint32_t segment, std::uint32_t district) {
    constexpr std::uint32_t kCity = 100;
    constexpr std::uint32_t kProvince = 10'000;
    const Range all{first_maker_[segment], first_maker_[segment + 1]};
    const std::uint32_t choice = dice_.below(4U);
    if (choice > 1) return all;
    const std::uint32_t width = choice == 0 ? kCity : kProvince;
    const auto of_segment = std::span(makers_).subspan(all.first, all.last - all.first);
    const auto number = [&](std::uint32_t code) {
      return static_cast<std::size_t>(
          std::ranges::lower_bound(of_segment, code, {}, &Maker::district) - of_segment.begin());
    };
    const std::uint32_t from = district / width * width;
    const Range near{all.first + number(from), all.first + number(from + width)};
    return near.first == near.last ? all : near;
  }

  const SynthOptions& options_;
  Dice dice_;
  std::uint32_t firms_;
  std::uint32_t industries_;
  std::uint32_t segments_;  // products; industries not counted
  std::uint64_t left_;      // relations still to be made
  GraphBuilder builder_;
  Provenance said_;
  Rows<std::uint32_t> inputs_;  // by product
  Weights makers_wanted_;       // by product
  std::vector<std::uint32_t> sizes_;
  std::vector<std::uint32_t> districts_;
  Rows<Product> products_;  // by firm
  std::vector<std::uint32_t> first_maker_;
  std::vector<Maker> makers_;          // by product, then by district
  Weights appeals_;                    // by maker
  std::vector<std::uint32_t> bought_;  // by supplier: its last customer
  std::vector<std::uint32_t> needed_;
};

}  // namespace

EnterpriseGraph synthesize(const SynthOptions& options) {
  if (options.relations < kFewestSynthRelations || options.relations > kMostSynthRelations) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("relations {}: give {} to {}", options.relations,
                             kFewestSynthRelations, kMostSynthRelations),
                 fmt::format("关系数 {}：应在 {} 到 {} 之间", options.relations,
                             kFewestSynthRelations, kMostSynthRelations)});
  }
  const std::uint64_t most = options.relations / kRelationsPerFirm / 2;
  if (options.segments && (*options.segments < kFewestSynthSegments || *options.segments > most)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("segments {}: give {} to {}, half as many as there are firms",
                             *options.segments, kFewestSynthSegments, most),
                 fmt::format("环节数 {}：应在 {} 到 {}（企业数的一半）之间", *options.segments,
                             kFewestSynthSegments, most)});
  }
  GraphBuilder builder = Country(options).fill();  // all else is gone before the graph is built
  return builder.build({options.stop, options.progress});
}

}  // namespace liantu

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <utility>

#include "graph/freeze.hpp"

namespace liantu::detail {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 18;  // ends that one task places
constexpr std::size_t kBlock = std::size_t{1} << 14;  // ends that fit the cache of a core
constexpr std::size_t kMostBlocks = 2048;             // places that one task writes to at once
constexpr unsigned kDigit = 11;                       // bits that one step of sorting looks at
constexpr std::size_t kFew = 256;                     // ends that are sorted by comparing

template <typename Work>
void for_each_index(std::size_t count, const Work& work) {
  tbb::parallel_for(std::size_t{0}, count, work);
}

/// Rows cut into blocks of 2^shift rows, each of about kBlock ends if these were spread evenly.
struct Blocks {
  unsigned shift = 0;
  std::size_t count = 0;

  Blocks(std::uint32_t rows, std::size_t ends) {
    const auto in_blocks = [&] {
      return (std::size_t{rows} + (std::size_t{1} << shift) - 1) >> shift;
    };
    const std::size_t most = std::clamp(ends / kBlock, std::size_t{1}, kMostBlocks);
    while (in_blocks() > most) ++shift;
    count = in_blocks();
  }
  [[nodiscard]] std::size_t of(std::uint32_t row) const { return std::size_t{row} >> shift; }
};

/// A table of counts that becomes a table of places: what each task writes first into each block.
class Places {
 public:
  Places(std::size_t tasks, std::size_t blocks)
      : blocks_(blocks), counts_(tasks * blocks, 0), starts_(blocks + 1, 0) {}

  [[nodiscard]] std::uint64_t* of(std::size_t task) { return counts_.data() + task * blocks_; }

  /// Blocks one behind the other, and within a block the tasks in their order.
  void sum_up() {
    std::uint64_t sum = 0;
    for (std::size_t block = 0; block < blocks_; ++block) {
      starts_[block] = sum;
      for (std::size_t at = block; at < counts_.size(); at += blocks_) {
        sum += std::exchange(counts_[at], sum);
      }
    }
    starts_[blocks_] = sum;
  }
  [[nodiscard]] std::uint64_t start(std::size_t block) const { return starts_[block]; }

 private:
  std::size_t blocks_;
  BigVector<std::uint64_t> counts_;
  std::vector<std::uint64_t> starts_;
};

/// Sorts numbers whose bits outside of some ranges are equal, by counting digits.
class DigitSorter {
 public:
  /// @param low   How many bits count from bit 0 on.
  /// @param high  How many bits count from bit 32 on.
  DigitSorter(unsigned low, unsigned high) {
    add_digits(0, low);
    add_digits(32, high);
  }

  void sort(std::span<std::uint64_t> numbers, BigVector<std::uint64_t>& other) const {
    if (numbers.size() < kFew) {
      std::sort(numbers.begin(), numbers.end());
      return;
    }
    std::vector<std::array<std::uint32_t, std::size_t{1} << kDigit>> counts(digits_.size());
    for (auto& count : counts) count.fill(0);
    for (const std::uint64_t number : numbers) {
      for (std::size_t d = 0; d < digits_.size(); ++d) ++counts[d][digit(number, digits_[d])];
    }
    if (other.size() < numbers.size()) other.resize(numbers.size());
    std::uint64_t* from = numbers.data();
    std::uint64_t* to = other.data();
    for (std::size_t d = 0; d < digits_.size(); ++d) {
      auto& count = counts[d];
      if (count[digit(from[0], digits_[d])] == numbers.size()) continue;
      std::uint32_t sum = 0;
      for (std::uint32_t& one : count) sum += std::exchange(one, sum);
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        to[count[digit(from[i], digits_[d])]++] = from[i];
      }
      std::swap(from, to);
    }
    if (from != numbers.data()) std::copy_n(from, numbers.size(), numbers.data());
  }

 private:
  static std::size_t digit(std::uint64_t number, unsigned shift) {
    return number >> shift & ((std::size_t{1} << kDigit) - 1);
  }
  void add_digits(unsigned first, unsigned bits) {
    for (unsigned at = 0; at < bits; at += kDigit) digits_.push_back(first + at);
  }

  std::vector<unsigned> digits_;  // by the bit they start at
};

class PlainFreezer {
 public:
  PlainFreezer(Rows from, Rows to, std::vector<BigVector<LocalEnds>> plain, std::size_t ends)
      : from_(from),
        to_(to),
        plain_(std::move(plain)),
        ends_(ends),
        out_blocks_(from.count, ends),
        in_blocks_(to.count, ends),
        arcs_(out_blocks_.count, in_blocks_.count) {}

  FrozenEdges freeze() {
    place_by_row();
    sort_rows();
    write_targets();
    write_sources();
    return std::move(frozen_);
  }

 private:
  /// An instance on its way to the row that it leads to.
  struct Arc {
    std::uint32_t to;
    std::uint32_t from;
    std::uint32_t edge;
  };
  /// Buffers that a thread uses again and again.
  struct Scratch {
    BigVector<std::uint64_t> numbers;
    std::vector<std::uint64_t> next;
  };

  // An instance as a number by which it is sorted.
  static std::uint64_t key(const LocalEnds& one) { return std::uint64_t{one.from} << 32 | one.to; }

  void place_by_row() {
    std::vector<std::span<const LocalEnds>> pieces;
    for (const BigVector<LocalEnds>& ends : plain_) {
      for (std::size_t at = 0; at < ends.size(); at += kPiece) {
        pieces.push_back(std::span(ends).subspan(at, std::min(kPiece, ends.size() - at)));
      }
    }
    Places places(pieces.size(), out_blocks_.count);
    for_each_index(pieces.size(), [&](std::size_t p) {
      std::uint64_t* const count = places.of(p);
      for (const LocalEnds& one : pieces[p]) ++count[out_blocks_.of(one.from)];
    });
    places.sum_up();
    keys_.resize(ends_);
    for_each_index(pieces.size(), [&](std::size_t p) {
      std::uint64_t* const next = places.of(p);
      for (const LocalEnds& one : pieces[p]) keys_[next[out_blocks_.of(one.from)]++] = key(one);
    });
    plain_ = {};
    for (std::size_t b = 0; b <= out_blocks_.count; ++b) starts_.push_back(places.start(b));
  }

  void sort_rows() {
    const DigitSorter sorter(static_cast<unsigned>(std::bit_width(to_.count - 1)),
                             out_blocks_.shift);
    frozen_.out_offsets.assign(from_.count + std::size_t{1}, 0);
    kept_.resize(out_blocks_.count);
    for_each_index(out_blocks_.count, [&](std::size_t b) {
      const std::span<std::uint64_t> keys{keys_.data() + starts_[b], keys_.data() + starts_[b + 1]};
      sorter.sort(keys, scratch_.local().numbers);
      kept_[b] = keys.first(
          static_cast<std::size_t>(std::unique(keys.begin(), keys.end()) - keys.begin()));
      std::uint64_t* const arcs = arcs_.of(b);
      for (const std::uint64_t one : kept_[b]) {
        ++frozen_.out_offsets[one >> 32];
        ++arcs[in_blocks_.of(static_cast<std::uint32_t>(one))];
      }
    });
    std::uint64_t sum = 0;
    for (std::uint64_t& offset : frozen_.out_offsets) sum += std::exchange(offset, sum);
    arcs_.sum_up();
  }

  void write_targets() {
    frozen_.targets.resize(frozen_.out_offsets.back());
    by_target_.resize(frozen_.targets.size());
    for_each_index(out_blocks_.count, [&](std::size_t b) {
      std::uint64_t* const next = arcs_.of(b);
      std::uint64_t edge = frozen_.out_offsets[b << out_blocks_.shift];
      for (const std::uint64_t one : kept_[b]) {
        const auto to = static_cast<std::uint32_t>(one);
        frozen_.targets[edge] = EntityId{to_.first + to};
        by_target_[next[in_blocks_.of(to)]++] = {
            to, from_.first + static_cast<std::uint32_t>(one >> 32),
            static_cast<std::uint32_t>(edge)};
        ++edge;
      }
    });
    keys_ = {};
  }

  // Instances reach a block in the order of their numbers, and keep it.
  void write_sources() {
    const std::size_t edges = frozen_.targets.size();
    frozen_.in_offsets.resize(to_.count + std::size_t{1});
    frozen_.in_offsets[to_.count] = edges;
    frozen_.sources.resize(edges);
    frozen_.in_edges.resize(edges);
    for_each_index(in_blocks_.count, [&](std::size_t b) {
      const std::size_t first = b << in_blocks_.shift;
      const std::size_t last = std::min<std::size_t>(to_.count, (b + 1) << in_blocks_.shift);
      const std::span<const Arc> arcs{by_target_.data() + arcs_.start(b),
                                      by_target_.data() + arcs_.start(b + 1)};
      std::vector<std::uint64_t>& next = scratch_.local().next;
      next.assign(last - first, 0);
      for (const Arc& arc : arcs) ++next[arc.to - first];
      std::uint64_t sum = arcs_.start(b);
      for (std::size_t row = first; row < last; ++row) {
        frozen_.in_offsets[row] = sum;
        sum += std::exchange(next[row - first], sum);
      }
      for (const Arc& arc : arcs) {
        const std::uint64_t at = next[arc.to - first]++;
        frozen_.sources[at] = EntityId{arc.from};
        frozen_.in_edges[at] = arc.edge;
      }
    });
  }

  Rows from_;
  Rows to_;
  std::vector<BigVector<LocalEnds>> plain_;
  std::size_t ends_;
  Blocks out_blocks_;
  Blocks in_blocks_;
  BigVector<std::uint64_t> keys_;                     // by block of rows
  std::vector<std::uint64_t> starts_;                 // of the blocks in keys_
  std::vector<std::span<const std::uint64_t>> kept_;  // of each block, what stays
  Places arcs_;
  BigVector<Arc> by_target_;
  tbb::enumerable_thread_specific<Scratch> scratch_;
  FrozenEdges frozen_;
};

}  // namespace

FrozenEdges freeze_plain(Rows from, Rows to, std::vector<BigVector<LocalEnds>> plain) {
  std::size_t ends = 0;
  for (const BigVector<LocalEnds>& some : plain) ends += some.size();
  if (ends == 0) return {};
  return PlainFreezer(from, to, std::move(plain), ends).freeze();
}

}  // namespace liantu::detail

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <numeric>
#include <span>
#include <tbb/enumerable_thread_specific.h>
#include <utility>

#include "base/run/parallel.hpp"
#include "graph/freeze.hpp"

namespace liantu::detail {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16;  // ends that one task puts in order
constexpr std::size_t kBlock = std::size_t{1} << 14;  // ends that fit the cache of a core
constexpr std::size_t kMostBlocks = 2048;             // places that one task writes to at once
constexpr unsigned kDigit = 11;                       // bits that one step of sorting looks at
constexpr std::size_t kFew = 256;                     // ends that are sorted by comparing

template <typename Work>
void for_each_index(const BuildWatch& watch, std::size_t count, const Work& work) {
  parallel_for(count, [&](std::size_t i) {
    if (!watch.stopped()) work(i);
  });
  watch.check();
}

/// Rows cut into blocks of 2^shift rows, each of about kBlock ends if these were spread evenly.
struct Blocks {
  unsigned shift = 0;
  std::size_t count = 0;
  std::size_t rows;

  Blocks(std::uint32_t all_rows, std::size_t ends) : rows(all_rows) {
    const auto in_blocks = [&] { return (rows + (std::size_t{1} << shift) - 1) >> shift; };
    const std::size_t most = std::clamp(ends / kBlock, std::size_t{1}, kMostBlocks);
    while (in_blocks() > most) ++shift;
    count = in_blocks();
  }
  [[nodiscard]] std::size_t of(std::uint32_t row) const { return std::size_t{row} >> shift; }
  [[nodiscard]] std::size_t first_row(std::size_t block) const {
    return std::min(rows, block << shift);
  }
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

/// Every step reads and writes blocks or pieces that fit the cache of a core, and takes little
/// memory beside the result: to be given fresh pages costs as much as to sort what stands in them.
class PlainFreezer {
 public:
  PlainFreezer(Rows from, Rows to, std::vector<BigVector<LocalEnds>> plain, std::size_t ends,
               BuildWatch& watch)
      : watch_(watch),
        instances_(ends),
        from_(from),
        to_(to),
        plain_(std::move(plain)),
        pieces_(cut(plain_)),
        out_blocks_(from.count, ends),
        in_blocks_(to.count, ends),
        arcs_(out_blocks_.count, in_blocks_.count) {}

  FrozenEdges freeze() {
    order_pieces_by_block();
    watch_.step(instances_);
    sort_blocks();
    close_gaps();
    watch_.step(instances_);
    place_arcs_by_target();
    watch_.step(instances_);
    sort_arcs();
    watch_.step(instances_);
    return std::move(frozen_);
  }

 private:
  /// Buffers that a thread uses again and again.
  struct Scratch {
    BigVector<LocalEnds> ends;
    BigVector<std::uint64_t> keys;
    BigVector<std::uint64_t> other_keys;
    BigVector<EntityId> sources;
    BigVector<std::uint32_t> edges;
    std::vector<std::size_t> next;
  };

  static std::vector<std::span<LocalEnds>> cut(std::vector<BigVector<LocalEnds>>& plain) {
    std::vector<std::span<LocalEnds>> pieces;
    for (BigVector<LocalEnds>& ends : plain) {
      for (std::size_t at = 0; at < ends.size(); at += kPiece) {
        pieces.push_back(std::span(ends).subspan(at, std::min(kPiece, ends.size() - at)));
      }
    }
    return pieces;
  }

  // Within each piece the ends of the first block of rows come first, and so on.
  void order_pieces_by_block() {
    const std::size_t blocks = out_blocks_.count;
    parts_.assign(pieces_.size() * (blocks + 1), 0);
    for_each_index(watch_, pieces_.size(), [&](std::size_t p) {
      const std::span<LocalEnds> piece = pieces_[p];
      std::uint32_t* const part = parts_.data() + p * (blocks + 1);
      for (const LocalEnds& one : piece) ++part[out_blocks_.of(one.from)];
      std::exclusive_scan(part, part + blocks + 1, part, std::uint32_t{0});
      Scratch& scratch = scratch_.local();
      scratch.next.assign(part, part + blocks);
      scratch.ends.resize(kPiece);
      for (const LocalEnds& one : piece) {
        scratch.ends[scratch.next[out_blocks_.of(one.from)]++] = one;
      }
      std::copy_n(scratch.ends.begin(), piece.size(), piece.begin());
    });
    starts_.assign(blocks + 1, 0);
    for (std::size_t p = 0; p < pieces_.size(); ++p) {
      for (std::size_t b = 0; b < blocks; ++b) starts_[b + 1] += part(p, b).size();
    }
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  }

  /// What a piece holds of a block.
  [[nodiscard]] std::span<const LocalEnds> part(std::size_t piece, std::size_t block) const {
    const std::uint32_t* const part = parts_.data() + piece * (out_blocks_.count + 1) + block;
    return pieces_[piece].subspan(part[0], part[1] - part[0]);
  }

  // The targets of a block go where they stand if no end before them is there twice.
  void sort_blocks() {
    const DigitSorter sorter(static_cast<unsigned>(std::bit_width(to_.count - 1)),
                             out_blocks_.shift);
    frozen_.out_offsets.assign(from_.count + std::size_t{1}, 0);
    frozen_.targets.resize(starts_.back());
    for_each_index(watch_, out_blocks_.count, [&](std::size_t b) {
      Scratch& scratch = scratch_.local();
      scratch.keys.resize(starts_[b + 1] - starts_[b]);
      auto key = scratch.keys.begin();
      for (std::size_t p = 0; p < pieces_.size(); ++p) {
        for (const LocalEnds& one : part(p, b)) *key++ = std::uint64_t{one.from} << 32 | one.to;
      }
      sorter.sort(scratch.keys, scratch.other_keys);
      const auto last = std::unique(scratch.keys.begin(), scratch.keys.end());
      std::uint64_t* const arcs = arcs_.of(b);
      EntityId* target = frozen_.targets.data() + starts_[b];
      for (auto one = scratch.keys.begin(); one != last; ++one) {
        const auto to = static_cast<std::uint32_t>(*one);
        ++frozen_.out_offsets[*one >> 32];
        ++arcs[in_blocks_.of(to)];
        *target++ = EntityId{to_.first + to};
      }
    });
    std::uint64_t sum = 0;
    for (std::uint64_t& offset : frozen_.out_offsets) sum += std::exchange(offset, sum);
    arcs_.sum_up();
    plain_ = {};
    parts_ = {};
  }

  void close_gaps() {
    if (frozen_.out_offsets.back() == frozen_.targets.size()) return;
    BigVector<EntityId> dense(frozen_.out_offsets.back());
    for_each_index(watch_, out_blocks_.count, [&](std::size_t b) {
      const std::uint64_t first = frozen_.out_offsets[out_blocks_.first_row(b)];
      const std::uint64_t last = frozen_.out_offsets[out_blocks_.first_row(b + 1)];
      std::copy_n(frozen_.targets.begin() + static_cast<std::ptrdiff_t>(starts_[b]), last - first,
                  dense.begin() + static_cast<std::ptrdiff_t>(first));
    });
    frozen_.targets = std::move(dense);
  }

  // Instances reach the block of their target in the order of their numbers.
  void place_arcs_by_target() {
    frozen_.sources.resize(frozen_.targets.size());
    frozen_.in_edges.resize(frozen_.targets.size());
    arc_targets_.resize(frozen_.targets.size());
    for_each_index(watch_, out_blocks_.count, [&](std::size_t b) {
      std::uint64_t* const next = arcs_.of(b);
      for (std::size_t row = out_blocks_.first_row(b); row < out_blocks_.first_row(b + 1); ++row) {
        const EntityId from{from_.first + static_cast<std::uint32_t>(row)};
        const std::uint64_t last = frozen_.out_offsets[row + 1];
        for (std::uint64_t edge = frozen_.out_offsets[row]; edge < last; ++edge) {
          const std::uint32_t to = raw(frozen_.targets[edge]) - to_.first;
          const std::uint64_t at = next[in_blocks_.of(to)]++;
          arc_targets_[at] = to;
          frozen_.sources[at] = from;
          frozen_.in_edges[at] = static_cast<std::uint32_t>(edge);
        }
      }
    });
  }

  // Within a block they keep their order.
  void sort_arcs() {
    frozen_.in_offsets.resize(to_.count + std::size_t{1});
    frozen_.in_offsets[to_.count] = frozen_.targets.size();
    for_each_index(watch_, in_blocks_.count, [&](std::size_t b) {
      const std::size_t first_row = in_blocks_.first_row(b);
      const std::size_t last_row = in_blocks_.first_row(b + 1);
      const auto first = static_cast<std::ptrdiff_t>(arcs_.start(b));
      const std::size_t size = arcs_.start(b + 1) - arcs_.start(b);
      const std::span<const std::uint32_t> targets{arc_targets_.data() + first, size};
      Scratch& scratch = scratch_.local();
      scratch.next.assign(last_row - first_row, 0);
      for (const std::uint32_t to : targets) ++scratch.next[to - first_row];
      std::size_t sum = 0;
      for (std::size_t row = first_row; row < last_row; ++row) {
        frozen_.in_offsets[row] = arcs_.start(b) + sum;
        sum += std::exchange(scratch.next[row - first_row], sum);
      }
      scratch.sources.resize(size);
      scratch.edges.resize(size);
      for (std::size_t i = 0; i < size; ++i) {
        const std::size_t at = scratch.next[targets[i] - first_row]++;
        scratch.sources[at] = frozen_.sources[arcs_.start(b) + i];
        scratch.edges[at] = frozen_.in_edges[arcs_.start(b) + i];
      }
      std::copy(scratch.sources.begin(), scratch.sources.end(), frozen_.sources.begin() + first);
      std::copy(scratch.edges.begin(), scratch.edges.end(), frozen_.in_edges.begin() + first);
    });
  }

  BuildWatch& watch_;
  std::uint64_t instances_;
  Rows from_;
  Rows to_;
  std::vector<BigVector<LocalEnds>> plain_;
  std::vector<std::span<LocalEnds>> pieces_;
  Blocks out_blocks_;
  Blocks in_blocks_;
  BigVector<std::uint32_t> parts_;     // of each piece, where each block starts
  std::vector<std::uint64_t> starts_;  // of the blocks, equal ends included
  Places arcs_;
  BigVector<std::uint32_t> arc_targets_;  // rows, parallel to sources
  tbb::enumerable_thread_specific<Scratch> scratch_;
  FrozenEdges frozen_;
};

}  // namespace

FrozenEdges freeze_plain(Rows from, Rows to, std::vector<BigVector<LocalEnds>> plain,
                         BuildWatch& watch) {
  std::size_t ends = 0;
  for (const BigVector<LocalEnds>& some : plain) ends += some.size();
  if (ends == 0) return {};
  return PlainFreezer(from, to, std::move(plain), ends, watch).freeze();
}

}  // namespace liantu::detail

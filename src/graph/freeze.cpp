#include "graph/freeze.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "base/run/parallel.hpp"

namespace liantu::detail {
namespace {

template <typename Enum>
constexpr std::size_t index(Enum value) {
  return static_cast<std::size_t>(value);
}

/// What one instance says.
struct Statement {
  std::array<double, kEdgeNumberCount> numbers{};
  std::uint32_t detail = 0;
  PackedProvenance provenance;
};

Statement statement(const PendingEdges& edges, std::uint32_t i) {
  Statement s;
  for (std::size_t n = 0; n < kEdgeNumberCount; ++n) s.numbers[n] = edges.numbers[n][i];
  s.detail = edges.detail[i];
  s.provenance = edges.provenance[i];
  return s;
}

/// Everything of a statement but its row, in a form that compares without regard to NaN.
auto content(const Statement& s) {
  std::array<std::uint64_t, kEdgeNumberCount> bits{};
  for (std::size_t n = 0; n < kEdgeNumberCount; ++n) {
    bits[n] = std::bit_cast<std::uint64_t>(s.numbers[n]);
  }
  return std::tuple(bits, s.detail, s.provenance.where >> 32, s.provenance.when);
}

/// Firmness comes first: what is inferred never outdoes what is stated, however sure it is.
auto trust_of(const Statement& s) {
  return std::tuple(basis_of(s.provenance), 255 - confidence_of(s.provenance));
}

bool more_trusted(const Statement& a, const Statement& b) {
  const auto rank = [](const Statement& s) {
    return std::tuple_cat(trust_of(s), std::tuple(row_of(s.provenance)));
  };
  return rank(a) < rank(b);
}

/// Makes one statement of several, the most trusted of which stands first: each value is that of
/// the first that has one. See GraphBuilder::build().
Statement join(std::span<const Statement> statements) {
  Statement result = statements.front();
  const Statement* cited = nullptr;
  std::uint32_t basis = 0;
  for (std::size_t n = 0; n < kEdgeNumberCount; ++n) {
    const auto said = std::find_if(statements.begin(), statements.end(),
                                   [n](const Statement& s) { return !std::isnan(s.numbers[n]); });
    if (said == statements.end()) continue;
    result.numbers[n] = said->numbers[n];
    basis = std::max(basis, basis_of(said->provenance));
    if (cited == nullptr) cited = &*said;
  }
  for (const Statement& s : statements) {
    if (result.detail == 0) result.detail = s.detail;
  }
  if (cited != nullptr) {
    const std::uint32_t confidence =
        std::max(confidence_of(statements.front().provenance), confidence_of(cited->provenance));
    result.provenance = with_trust(cited->provenance, confidence, basis);
  }
  return result;
}

/// Makes one statement of those of one source about one relation and year, and leaves these behind
/// without exact duplicates. See GraphBuilder::build().
Statement fold_source(std::vector<Statement>& statements) {
  // Exact duplicates become neighbours, the one with the lowest row in front.
  std::sort(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) {
    const auto x = content(a);
    const auto y = content(b);
    return x != y ? x < y : row_of(a.provenance) < row_of(b.provenance);
  });
  statements.erase(
      std::unique(statements.begin(), statements.end(),
                  [](const Statement& a, const Statement& b) { return content(a) == content(b); }),
      statements.end());
  std::stable_sort(statements.begin(), statements.end(), more_trusted);

  constexpr std::size_t kAmount = index(EdgeNumber::Amount);
  Statement result = join(statements);
  std::uint32_t confidence = 255;
  std::uint32_t basis = 0;
  std::size_t amounts = 0;
  double sum = 0;
  for (const Statement& s : statements) {
    if (std::isnan(s.numbers[kAmount])) continue;
    ++amounts;
    // A sum beyond the range of numbers would no longer be a finite amount.
    sum = std::min(sum + s.numbers[kAmount], std::numeric_limits<double>::max());
    confidence = std::min(confidence, confidence_of(s.provenance));
    basis = std::max(basis, basis_of(s.provenance));
  }
  if (amounts > 1) {
    result.numbers[kAmount] = sum;
    result.provenance = with_trust(result.provenance, confidence, basis);
  }
  return result;
}

/// Rows that one task works on: enough to be worth a task, few enough that hubs spread.
constexpr std::uint32_t kRowsATask = 1024;

/// What tasks leave undone when asked to end is never looked at: both loops throw then.
template <typename Work>
void for_each_block(const BuildWatch& watch, std::uint32_t rows, const Work& work) {
  const std::uint32_t blocks = rows / kRowsATask + (rows % kRowsATask != 0 ? 1 : 0);
  parallel_for(blocks, [&](std::size_t i) {
    const auto block = static_cast<std::uint32_t>(i);
    if (!watch.stopped()) work(block, block * kRowsATask, std::min(rows, (block + 1) * kRowsATask));
  });
  watch.check();
}

template <typename Work>
void for_each_chunk(const BuildWatch& watch, std::size_t size, const Work& work) {
  constexpr std::size_t kChunk = std::size_t{1} << 16;
  parallel_for_parts(size, kChunk, [&](std::size_t first, std::size_t last) {
    if (!watch.stopped()) work(first, last);
  });
  watch.check();
}

/// Counts become starts: element r holds the sum of those before it.
template <typename Counts>
void sum_up(Counts& counts) {
  std::uint64_t sum = 0;
  for (std::uint64_t& count : counts) sum += std::exchange(count, sum);
}

class RelationFreezer {
 public:
  RelationFreezer(const Storage& storage, RelationKind kind,
                  std::span<const std::uint32_t> source_order, PendingEdges edges,
                  BuildWatch& watch)
      : watch_(watch),
        source_order_(source_order),
        kind_(kind),
        from_(rows_from(storage, kind)),
        to_(rows_to(storage, kind)),
        edges_(std::move(edges)) {
    const RelationEnds ends = relation_ends(kind);
    second_kind_row_ = storage.first[index(ends.also_from)] - storage.first[index(ends.from)];
  }

  FrozenEdges freeze(std::vector<PackedConflict>& conflicts) {
    const std::size_t instances = edges_.from.size();
    if (instances == 0) return {};
    sort_by_row();
    watch_.step(instances);
    sort_and_merge_rows();
    watch_.step(instances);
    write_columns();
    watch_.step(instances);
    for (const Block& block : blocks_) {
      conflicts.insert(conflicts.end(), block.conflicts.begin(), block.conflicts.end());
    }
    blocks_ = {};
    freeze_in_adjacency();
    watch_.step(instances);
    static_assert(BuildWatch::kSteps == 4);
    return std::move(frozen_);
  }

 private:
  /// What instances with the same ends are sorted by.
  struct Key {
    std::uint32_t segment;
    std::uint32_t year;
    std::uint32_t source;  ///< its place in the order of texts
    std::uint32_t instance;

    /// Whether both are one relation and year.
    [[nodiscard]] bool same_relation(const Key& other) const {
      return segment == other.segment && year == other.year;
    }
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  /// An instance that several statements became.
  struct Merged {
    std::uint32_t row;
    std::uint32_t place;  ///< within the row
    Statement statement;
    std::uint32_t conflicts;  ///< how many of the block's conflicts are about it
  };
  /// What one task found, in the order of rows.
  struct Block {
    std::vector<Merged> merged;
    std::vector<PackedConflict> conflicts;
  };
  /// What a task reuses from row to row.
  struct Scratch {
    std::vector<std::uint64_t> instances;
    std::vector<Key> keys;
    std::vector<Statement> of_source;
    std::vector<Statement> of_relation;
    std::vector<Statement> by_trust;
  };

  [[nodiscard]] std::uint32_t row(std::size_t i) const {
    return edges_.from[i] + (edges_.from_second_kind[i] != 0 ? second_kind_row_ : 0);
  }

  // Puts the instances of each row together; within a row their order is left to chance.
  void sort_by_row() {
    starts_.assign(from_.count + std::size_t{1}, 0);
    for_each_chunk(watch_, edges_.from.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        std::atomic_ref(starts_[row(i)]).fetch_add(1, std::memory_order_relaxed);
      }
    });
    sum_up(starts_);
    order_.resize(edges_.from.size());
    BigVector<std::uint64_t> next = starts_;
    for_each_chunk(watch_, edges_.from.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const std::uint64_t at =
            std::atomic_ref(next[row(i)]).fetch_add(1, std::memory_order_relaxed);
        order_[at] = static_cast<std::uint32_t>(i);
      }
    });
    edges_.from = {};
    edges_.from_second_kind = GrowingColumn<std::uint8_t>(0);
  }

  // Leaves in front of each row the instances that stay, in their final order.
  void sort_and_merge_rows() {
    frozen_.out_offsets.assign(from_.count + std::size_t{1}, 0);
    blocks_.resize(from_.count / kRowsATask + 1);
    for_each_block(watch_, from_.count,
                   [&](std::uint32_t block, std::uint32_t begin, std::uint32_t end) {
                     Scratch scratch;
                     for (std::uint32_t r = begin; r < end; ++r) {
                       frozen_.out_offsets[r] = sort_and_merge_row(r, scratch, blocks_[block]);
                     }
                   });
    sum_up(frozen_.out_offsets);
  }

  std::uint32_t sort_and_merge_row(std::uint32_t r, Scratch& scratch, Block& block) {
    const std::span<std::uint32_t> instances{order_.data() + starts_[r],
                                             order_.data() + starts_[r + 1]};
    scratch.instances.clear();
    for (const std::uint32_t i : instances) {
      scratch.instances.push_back(std::uint64_t{edges_.to[i]} << 32 | i);
    }
    std::sort(scratch.instances.begin(), scratch.instances.end());
    std::uint32_t kept = 0;
    const std::span<const std::uint64_t> sorted = scratch.instances;
    for (std::size_t begin = 0; begin < sorted.size();) {
      std::size_t end = begin + 1;
      while (end < sorted.size() && sorted[end] >> 32 == sorted[begin] >> 32) ++end;
      if (end - begin == 1) {
        instances[kept++] = static_cast<std::uint32_t>(sorted[begin]);
      } else {
        kept = merge_parallel(sorted.subspan(begin, end - begin), r, kept, scratch, block);
      }
      begin = end;
    }
    return kept;
  }

  // Sorts and merges instances that lead to the same entity; returns how many the row keeps so far.
  std::uint32_t merge_parallel(std::span<const std::uint64_t> parallel, std::uint32_t r,
                               std::uint32_t kept, Scratch& scratch, Block& block) {
    scratch.keys.clear();
    for (const std::uint64_t one : parallel) {
      const auto i = static_cast<std::uint32_t>(one);
      const PackedProvenance p = edges_.provenance[i];
      scratch.keys.push_back({edges_.segment[i], year_of(p), source_order_[source_of(p)], i});
    }
    std::sort(scratch.keys.begin(), scratch.keys.end());
    const std::span<const Key> keys = scratch.keys;
    for (std::size_t begin = 0; begin < keys.size();) {
      std::size_t end = begin + 1;
      while (end < keys.size() && keys[end].same_relation(keys[begin])) ++end;
      if (end - begin > 1) {
        const std::size_t before = block.conflicts.size();
        const Statement merged = merge(keys.subspan(begin, end - begin), scratch, block);
        block.merged.push_back(
            {r, kept, merged, static_cast<std::uint32_t>(block.conflicts.size() - before)});
      }
      order_[starts_[r] + kept++] = keys[begin].instance;
      begin = end;
    }
    return kept;
  }

  Statement merge(std::span<const Key> keys, Scratch& scratch, Block& block) const {
    std::vector<Statement>& of_source = scratch.of_source;
    std::vector<Statement>& statements = scratch.of_relation;
    statements.clear();
    for (std::size_t begin = 0; begin < keys.size(); begin += rows_of_first_source(keys, begin)) {
      collect(keys.subspan(begin, rows_of_first_source(keys, begin)), of_source);
      statements.push_back(fold_source(of_source));
    }
    std::vector<Statement>& by_trust = scratch.by_trust;
    by_trust = statements;
    // Of equally trusted sources the first in the order of their texts leads.
    std::stable_sort(by_trust.begin(), by_trust.end(), [](const Statement& a, const Statement& b) {
      return trust_of(a) < trust_of(b);
    });
    const Statement kept = join(by_trust);
    const std::size_t first = block.conflicts.size();
    std::size_t source = 0;
    for (std::size_t begin = 0; begin < keys.size(); begin += rows_of_first_source(keys, begin)) {
      // Amounts of one source are parts of a sum, other numbers say the same thing twice.
      add_conflict(statements[source++], kept, index(EdgeNumber::Amount), block);
      collect(keys.subspan(begin, rows_of_first_source(keys, begin)), of_source);
      std::ignore = fold_source(of_source);
      for (const Statement& row : of_source) {
        for (std::size_t n = index(EdgeNumber::Share); n < kEdgeNumberCount; ++n) {
          add_conflict(row, kept, n, block);
        }
      }
    }
    std::stable_sort(block.conflicts.begin() + static_cast<std::ptrdiff_t>(first),
                     block.conflicts.end(), [](const PackedConflict& a, const PackedConflict& b) {
                       const auto place = [](const PackedConflict& c) {
                         return std::tuple(source_of(c.provenance), row_of(c.provenance));
                       };
                       return place(a) < place(b);
                     });
    return kept;
  }

  static std::size_t rows_of_first_source(std::span<const Key> keys, std::size_t begin) {
    std::size_t end = begin;
    while (end < keys.size() && keys[end].source == keys[begin].source) ++end;
    return end - begin;
  }

  void collect(std::span<const Key> keys, std::vector<Statement>& statements) const {
    statements.clear();
    for (const Key& key : keys) statements.push_back(statement(edges_, key.instance));
  }

  /// Keeps a number in which a statement differs from the one kept.
  void add_conflict(const Statement& other, const Statement& kept, std::size_t number,
                    Block& block) const {
    const double value = other.numbers[number];
    if (std::isnan(value) || value == kept.numbers[number]) return;
    block.conflicts.push_back({static_cast<std::uint8_t>(kind_), static_cast<std::uint8_t>(number),
                               0, 0, value, other.provenance});
  }

  void write_columns() {
    const std::uint64_t edges = frozen_.out_offsets.back();
    frozen_.targets.resize(edges);
    fill_column(frozen_.targets,
                [&](std::uint32_t i) { return EntityId{to_.first + edges_.to[i]}; });
    edges_.to = {};
    write_column(edges_.segment, frozen_.segment);
    write_column(edges_.detail, frozen_.detail, &Statement::detail);
    write_column(edges_.provenance, frozen_.provenance, &Statement::provenance);
    for (std::size_t n = 0; n < kEdgeNumberCount; ++n) {
      write_column(edges_.numbers[n], frozen_.numbers[n],
                   [n](const Statement& s) { return s.numbers[n]; });
    }
    order_ = {};
    starts_ = {};
    for (Block& block : blocks_) {
      std::size_t conflict = 0;
      for (const Merged& merged : block.merged) {
        for (std::uint32_t k = 0; k < merged.conflicts; ++k) {
          block.conflicts[conflict++].edge = static_cast<std::uint32_t>(edge_of(merged));
        }
      }
    }
  }

  [[nodiscard]] std::uint64_t edge_of(const Merged& merged) const {
    return frozen_.out_offsets[merged.row] + merged.place;
  }

  template <typename Column, typename Value>
  void fill_column(Column& column, const Value& value) const {
    for_each_block(watch_, from_.count, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t r = begin; r < end; ++r) {
        const std::uint32_t* instance = order_.data() + starts_[r];
        for (std::uint64_t e = frozen_.out_offsets[r]; e < frozen_.out_offsets[r + 1]; ++e) {
          column[e] = value(*instance++);
        }
      }
    });
  }

  // A column of which something was set; merged instances say what `of` finds in their statement.
  template <typename T, typename Of = std::nullptr_t>
  void write_column(GrowingColumn<T>& from, std::vector<T>& column, Of of = nullptr) const {
    if (from.empty()) return;
    column.resize(frozen_.targets.size());
    fill_column(column, [&](std::uint32_t i) { return from[i]; });
    if constexpr (!std::is_same_v<Of, std::nullptr_t>) {
      for (const Block& block : blocks_) {
        for (const Merged& merged : block.merged) {
          column[edge_of(merged)] = std::invoke(of, merged.statement);
        }
      }
    }
    if (std::all_of(column.begin(), column.end(), [&](const T& v) { return from.is_none(v); })) {
      column = {};
    }
    from = GrowingColumn<T>(from.none());
  }

  // Both columns of a row ascend with the number of the edge, so that they can be filled in any
  // order and sorted apart.
  void freeze_in_adjacency() {
    const BigVector<EntityId>& targets = frozen_.targets;
    BigVector<std::uint64_t>& offsets = frozen_.in_offsets;
    offsets.assign(to_.count + std::size_t{1}, 0);
    for_each_chunk(watch_, targets.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t e = begin; e < end; ++e) {
        std::atomic_ref(offsets[raw(targets[e]) - to_.first])
            .fetch_add(1, std::memory_order_relaxed);
      }
    });
    sum_up(offsets);
    frozen_.sources.resize(targets.size());
    frozen_.in_edges.resize(targets.size());
    BigVector<std::uint64_t> next = offsets;
    for_each_block(watch_, from_.count, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t r = begin; r < end; ++r) {
        for (std::uint64_t e = frozen_.out_offsets[r]; e < frozen_.out_offsets[r + 1]; ++e) {
          const std::uint64_t at = std::atomic_ref(next[raw(targets[e]) - to_.first])
                                       .fetch_add(1, std::memory_order_relaxed);
          frozen_.sources[at] = EntityId{from_.first + r};
          frozen_.in_edges[at] = static_cast<std::uint32_t>(e);
        }
      }
    });
    next = {};
    for_each_block(watch_, to_.count, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t r = begin; r < end; ++r) {
        const auto first = static_cast<std::ptrdiff_t>(offsets[r]);
        const auto last = static_cast<std::ptrdiff_t>(offsets[r + 1]);
        std::sort(frozen_.sources.begin() + first, frozen_.sources.begin() + last);
        std::sort(frozen_.in_edges.begin() + first, frozen_.in_edges.begin() + last);
      }
    });
  }

  BuildWatch& watch_;
  std::span<const std::uint32_t> source_order_;
  RelationKind kind_;
  Rows from_;
  Rows to_;
  std::uint32_t second_kind_row_ = 0;
  PendingEdges edges_;
  BigVector<std::uint64_t> starts_;  // of the rows in order_
  BigVector<std::uint32_t> order_;   // instances by row
  std::vector<Block> blocks_;
  FrozenEdges frozen_;
};

}  // namespace

std::uint64_t PendingEdges::size() const {
  std::uint64_t size = from.size();
  for (const BigVector<LocalEnds>& ends : plain) size += ends.size();
  return size;
}

bool PendingEdges::all_plain() const {
  return from_second_kind.empty() && provenance.empty() && segment.empty() && detail.empty() &&
         std::all_of(numbers.begin(), numbers.end(), [](const auto& n) { return n.empty(); });
}

FrozenEdges freeze(const Storage& storage, RelationKind kind,
                   std::span<const std::uint32_t> source_order, PendingEdges edges,
                   std::vector<PackedConflict>& conflicts, BuildWatch& watch) {
  if (edges.all_plain()) {
    BigVector<LocalEnds> ends(edges.from.size());
    for (std::size_t i = 0; i < ends.size(); ++i) ends[i] = {edges.from[i], edges.to[i]};
    if (!ends.empty()) edges.plain.push_back(std::move(ends));
    return freeze_plain(rows_from(storage, kind), rows_to(storage, kind), std::move(edges.plain),
                        watch);
  }
  for (BigVector<LocalEnds>& ends : edges.plain) {
    for (const LocalEnds& one : ends) {
      edges.from.push_back(one.from);
      edges.to.push_back(one.to);
    }
    ends = {};
  }
  return RelationFreezer(storage, kind, source_order, std::move(edges), watch).freeze(conflicts);
}

}  // namespace liantu::detail

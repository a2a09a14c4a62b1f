#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace liantu {

/// Items by segment, gathered in any order, then set out row by row in the order in which each
/// row's items came. Kept to be filled again: what it costs goes with the items, not the segments.
template <typename T>
class Buckets {
 public:
  explicit Buckets(std::uint32_t segments) : rows_(segments) {}

  void clear() {
    for (const std::uint32_t segment : filled_) rows_[segment] = {};
    filled_.clear();
    gathered_.clear();
  }
  void add(std::uint32_t segment, const T& item) {
    if (rows_[segment].count++ == 0) filled_.push_back(segment);
    gathered_.emplace_back(segment, item);
  }
  /// To be called once when all items are there.
  void set_out() {
    std::uint32_t first = 0;
    for (const std::uint32_t segment : filled_) {
      rows_[segment].first = first;
      first += rows_[segment].count;
    }
    items_.resize(gathered_.size());
    for (const auto& [segment, item] : gathered_) items_[rows_[segment].first++] = item;
    for (const std::uint32_t segment : filled_) rows_[segment].first -= rows_[segment].count;
  }

  [[nodiscard]] bool contains(std::uint32_t segment) const { return rows_[segment].count > 0; }
  [[nodiscard]] bool empty() const { return filled_.empty(); }
  /// Number of items.
  [[nodiscard]] std::size_t size() const { return gathered_.size(); }
  /// Segments that have items, in the order in which they came.
  [[nodiscard]] std::span<const std::uint32_t> filled() const { return filled_; }
  [[nodiscard]] std::span<T> operator[](std::uint32_t segment) {
    return std::span(items_).subspan(rows_[segment].first, rows_[segment].count);
  }
  [[nodiscard]] std::span<const T> operator[](std::uint32_t segment) const {
    return std::span(items_).subspan(rows_[segment].first, rows_[segment].count);
  }

 private:
  struct Row {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  std::vector<Row> rows_;
  std::vector<std::uint32_t> filled_;
  std::vector<std::pair<std::uint32_t, T>> gathered_;
  std::vector<T> items_;
};

}  // namespace liantu

#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace liantu::detail {

/// A column that is stored only as far as something was set.
template <typename T>
class GrowingColumn {
 public:
  explicit GrowingColumn(T none) : none_(none) {}

  void set(std::size_t row, T value) {
    if (row >= values_.size()) {
      if (is_none(value)) return;
      values_.resize(row + 1, none_);
    }
    values_[row] = value;
  }
  [[nodiscard]] T operator[](std::size_t row) const {
    return row < values_.size() ? values_[row] : none_;
  }
  [[nodiscard]] T none() const { return none_; }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  /// The column in full, or nothing when no row has a value.
  [[nodiscard]] std::vector<T> take(std::size_t rows) {
    if (std::all_of(values_.begin(), values_.end(),
                    [&](const T& value) { return is_none(value); })) {
      return {};
    }
    return take_full(rows);
  }
  [[nodiscard]] std::vector<T> take_full(std::size_t rows) {
    values_.resize(rows, none_);
    return std::move(values_);
  }

  [[nodiscard]] bool is_none(const T& value) const {
    if constexpr (std::is_floating_point_v<T>) {
      return std::isnan(value);
    } else {
      return value == none_;
    }
  }

 private:
  T none_;
  std::vector<T> values_;
};

template <typename T, std::size_t N>
struct GrowingColumns : std::vector<GrowingColumn<T>> {
  explicit GrowingColumns(T none) : std::vector<GrowingColumn<T>>(N, GrowingColumn<T>(none)) {}
};

}  // namespace liantu::detail

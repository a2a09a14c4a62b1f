#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// What a firm does with an item of its business scope.
enum class Activity : std::uint8_t {
  Make,     ///< 生产 制造 制作 种植 …
  Process,  ///< 加工 and no Make: may only work on what it bought
  Develop,  ///< 研发 开发 and no Make: may make it one day
  Trade,    ///< 销售 批发 零售 … and no Make
  Serve,    ///< 维修 安装 设计 运输 租赁 … and none of the others
};

/// One item of a business scope and what is done with it.
struct ScopeItem {
  Activity activity = Activity::Make;
  std::string words;  ///< the item without its activity: `橡胶制品` of `橡胶制品加工`
  std::string whole;  ///< with an activity that stands behind it: `橡胶制品加工`
  std::uint32_t list = 0;  ///< from 0; items that one activity governs together share it

  friend bool operator==(const ScopeItem&, const ScopeItem&) = default;
};

/// Reads a registered business scope (经营范围) clause by clause.
///
/// A clause is a list of items; an activity governs the items behind it up to the next activity or
/// the clause's end (`加工、销售：橡胶制品、塑料制品`), or the items before it when it stands
/// behind them (`橡胶制品、塑料制品加工`). What stands in brackets qualifies and never adds
/// (`（不含发动机）`); items that speak of licences, law or exclusions are dropped, and so is an
/// item without any activity.
///
/// @param scope  UTF-8, any width.
/// @return       Items in the order of the text.
/// @complexity   Linear in the text.
[[nodiscard]] std::vector<ScopeItem> parse_scope(std::string_view scope);

/// A segment found in a business scope.
struct ScopeTag {
  std::size_t term = 0;  ///< index into the tagger's terms
  Activity activity = Activity::Make;
  std::string words;      ///< the item it was read from
  double confidence = 0;  ///< the item is the term 0.9; the term is the item's head (the end of a
                          ///< Chinese noun) 0.75; Process and Serve two thirds, Develop a fifth
                          ///< of that; less in a list that names whole classes of goods

  friend bool operator==(const ScopeTag&, const ScopeTag&) = default;
};

/// Finds the segments of a vocabulary in business scopes. Matches the longest term that is the
/// whole item or its head, cut at a word boundary (Unicode Standard Annex 29 with ICU's
/// dictionary); words too general to name a product (设备, 制品, 建筑材料 …) are never matched, and
/// in a list of five items or more their share is taken off the confidence of the others: such a
/// list says what a firm may deal in. An item borrows the end of the next one where both qualify
/// it: `汽车、摩托车配件` makes 汽车配件, `橡胶、塑料制品` 橡胶制品. Safe to use from one thread at
/// a time.
class ScopeTagger {
 public:
  /// @param terms  Names and aliases of segments; several may name one segment, the index returned
  ///               is the term's.
  explicit ScopeTagger(const std::vector<std::string_view>& terms);
  ~ScopeTagger();
  ScopeTagger(ScopeTagger&&) noexcept;
  ScopeTagger& operator=(ScopeTagger&&) noexcept;

  /// @param scope  UTF-8.
  /// @return       Each term once, with its best activity (in the order of the enumeration) and
  ///               confidence, in the order in which they first stand in the text.
  /// @complexity   Linear in the text for the vocabulary's bounded term length.
  [[nodiscard]] std::vector<ScopeTag> tag(std::string_view scope);

  /// Whether a word is too general to name a product.
  [[nodiscard]] static bool too_general(std::string_view word);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace liantu

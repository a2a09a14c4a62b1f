#pragma once

#include <span>
#include <string_view>

#include "liantu/ingest/scope/scope.hpp"

namespace liantu {

/// A word of a business scope that says what is done.
struct ActivityWord {
  std::string_view word;
  Activity activity;
  bool advertising = false;  ///< the word of an advertiser (发布), whose objects are media, not
                             ///< products
};

/// Words that say what is done.
[[nodiscard]] std::span<const ActivityWord> activity_words();
/// Words behind which an item, and those joined to it by 、, say what is not done: 不含, 不从事.
[[nodiscard]] std::span<const std::string_view> negation_words();
/// Words before which an item says what is not done: 轴承制造除外.
[[nodiscard]] std::span<const std::string_view> excluded_before_words();
/// Words behind which an item says under which law something is done.
[[nodiscard]] std::span<const std::string_view> exclusion_words();
/// Words that no product's name contains: an item with one of them speaks of licences or law.
[[nodiscard]] std::span<const std::string_view> boilerplate_words();
/// Words before a product's name that add nothing: 各种, 其他.
[[nodiscard]] std::span<const std::string_view> leading_fillers();
/// Words behind a product's name that add nothing: 系列产品.
[[nodiscard]] std::span<const std::string_view> trailing_fillers();
/// Words too general to name a product: 设备, 制品, 建筑材料.
[[nodiscard]] std::span<const std::string_view> general_words();

}  // namespace liantu

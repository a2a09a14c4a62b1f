#pragma once

#include <string>
#include <string_view>

namespace liantu {

/// A text with the numbers that stand in Chinese numerals, those of articles of association
/// included, in digits: `1200万元整` of 壹仟贰佰万元整, `2亿5000万` of 两亿五千万, `2021年3月5日` of
/// 二〇二一年三月五日; 万 and 亿 stay, in their simplified forms. What is no number (三二十) or may be
/// two (一百二) stays as it is.
///
/// @complexity  Linear in the text.
[[nodiscard]] std::string with_arabic_digits(std::string_view text);

}  // namespace liantu

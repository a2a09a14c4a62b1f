#pragma once

namespace liantu {

/// The simplified form of a traditional Chinese character; itself for any other, and for the few
/// that are simplified characters of their own too (乾 of 乾隆, 昇), since two firms may differ in
/// them. Character by character, so that equal texts stay equal whatever stands around them.
///
/// @throws Error{Io} if the dictionary of OpenCC is not installed.
/// @complexity  O(1); the first call reads the dictionary, some 30 ms.
/// @source      OpenCC, t2s; 通用规范汉字表 (2013) for those left as they are.
[[nodiscard]] char32_t simplified(char32_t c);

}  // namespace liantu

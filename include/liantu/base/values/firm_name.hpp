#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// A firm's name taken apart for comparison.
struct FirmName {
  std::string full;  ///< half-width, simplified Chinese, lower case, without blanks, invisible
                     ///< characters, quotation marks and full stops; brackets () only, one kind of
  ///< dot (·) and dash (-), 有限责任公司 written 有限公司, an English or other
  ///< Latin legal form in one spelling behind a comma: `example,co.,ltd`
  std::string core;  ///< `full` without brackets' marks and without its legal form at the end
  std::string form;  ///< the legal form taken off, without brackets' marks: 有限公司,
      ///< 股份有限公司, 厂, 合伙企业有限合伙, co.,ltd, gmbh …; empty when none
};

/// Normalises a firm's name: two spellings of one registered name have the same `full`; two names
/// with the same `core` but different forms are probably one firm, which only a person can confirm.
///
/// @param name  UTF-8.
/// @return      All empty for a name made of marks only.
/// @throws Error{Io} if the dictionary of traditional characters is not installed.
/// @complexity  Linear in the name.
[[nodiscard]] FirmName normalize_firm_name(std::string_view name);

/// The parts that a registered name is made of, in this order: 重庆 + 示例 + 机械制造 + 有限公司.
struct FirmNameParts {
  std::string place;  ///< division named at the start or in brackets; empty when none
  std::string brand;  ///< what tells the firm from others of its place and trade; may be empty
  std::string trade;  ///< words for a trade or an organisation: 机械制造, 科技, 集团
  std::string form;   ///< as FirmName::form
};

/// Takes a name apart. Words are known by the table of divisions and by a list of
/// trades, so that a brand that is such a word (长安) may count as one; what compares names by
/// parts has to allow for that.
///
/// @param name  UTF-8, normalised or not.
/// @throws      as normalize_firm_name().
/// @complexity  Linear in the name.
[[nodiscard]] FirmNameParts split_firm_name(std::string_view name);
/// The same of a name that is normalised already.
[[nodiscard]] FirmNameParts split_firm_name(const FirmName& name);

/// The firms that a branch's name names as those it belongs to, the nearest first: of
/// 甲有限公司重庆分公司大渡口营业部 first 甲有限公司重庆分公司, then 甲有限公司. None where the name
/// is no branch's.
///
/// @param full  FirmName::full, or a name in simplified characters as written.
/// @return      Views into `full`.
/// @complexity  Linear in the name.
[[nodiscard]] std::vector<std::string_view> firms_of_branch(std::string_view full);

}  // namespace liantu

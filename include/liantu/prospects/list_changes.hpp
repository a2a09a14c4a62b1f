#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/written_list.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// What became of a firm between two prospect lists.
enum class ListFate : std::uint8_t { Entered, Left, Rose, Fell, Same };

/// `entered`, `left`, `rose`, `fell`, `same`.
[[nodiscard]] std::string_view list_fate_word(ListFate fate);
/// Its name for people: 新进, 移出, 上升, 下降, 不变.
[[nodiscard]] Text list_fate_text(ListFate fate);

/// A firm of one list or of both.
struct ListChange {
  ListFate fate = ListFate::Same;
  std::optional<std::size_t> before;  ///< index into WrittenList::rows of the old list
  std::optional<std::size_t> after;   ///< of the new one
  std::vector<Text> why;  ///< most telling first: status, parts of the score, gaps, evidence rows,
                          ///< what is known now; where nothing of its own changed, who else moved
};

/// How two lists differ.
struct ListChanges {
  std::vector<ListChange> changes;  ///< those that stand on the new list in its order, then those
                                    ///< that left in the order of the old one
  std::size_t entered = 0;
  std::size_t left = 0;
  std::size_t rose = 0;
  std::size_t fell = 0;
  std::size_t same = 0;
  std::vector<Text> inputs;  ///< which input files came, went or changed
};

/// Compares two prospect lists. A firm is on a list when it stands there as a prospect, of the first
/// `most` rows; firms are the same by credit code, else by name. What a list has of firms below
/// `most`, to be located, already present or screened out, says where a firm came from or went.
///
/// @param before, after  Lists as read_written_list() reads them.
/// @param most           Rows of each list that count as being on it; 0 = all.
/// @return               See ListChanges; depends on neither the order of evidence nor hashing.
/// @complexity  O(R log R + E log E); R rows, E evidence rows.
[[nodiscard]] ListChanges compare_lists(const WrittenList& before, const WrittenList& after,
                                        std::size_t most = 0);

}  // namespace liantu

#pragma once

#include <string_view>

#include "liantu/prospects/task_lists.hpp"

namespace liantu {

/// How many firms of a list are shown, and how many another list takes.
[[nodiscard]] Text list_text(const TaskList& one, const TaskListOptions& options);

/// What becomes of a firm that belongs to several lists, and what all bring home together.
[[nodiscard]] Text lists_text(const TaskLists& lists);

/// `chain`, `office`, `channel`: the word machines read.
[[nodiscard]] std::string_view lists_by_word(ListsBy by);

}  // namespace liantu

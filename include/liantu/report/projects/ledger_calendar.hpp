#pragma once

#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/projects/ledger_check.hpp"

namespace LIANTU_API liantu {

/// What is due as a calendar file (.ics) that Outlook, WPS, telephones and mail programs take in: an
/// event of a whole day each, with a reminder three days before. It names no people at firms.
///
/// @param items  What due_items() returned for the book.
/// @return       iCalendar text, the same for equal input; taken in again, events are replaced.
/// @source       RFC 5545.
[[nodiscard]] std::string ledger_calendar(const LedgerBook& book, const std::vector<DueItem>& items,
                                          Language language);

}  // namespace liantu

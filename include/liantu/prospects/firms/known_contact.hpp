#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/base/values/date.hpp"

namespace LIANTU_API liantu {

/// How far a firm has been called on.
enum class ContactState : std::uint8_t {
  InProgress,
  Signed,  ///< it leaves the list
  Lost,    ///< it stays on the list, with the reason
};

/// What somebody who keeps a ledger of contacts knows of a firm.
struct KnownContact {
  FirmId firm{0};
  ContactState state = ContactState::InProgress;
  Text stage;          ///< as people say it: negotiating, 洽谈中
  Date since;          ///< may be unknown
  std::string reason;  ///< of a lost one

  friend bool operator==(const KnownContact&, const KnownContact&) = default;
};

/// `in_progress`, `signed`, `lost`: the word machines read.
[[nodiscard]] std::string_view contact_word(ContactState state);

/// `negotiating since 2025-03-01`, `已流失（2025-02-01）：地价过高`.
[[nodiscard]] Text contact_text(const KnownContact& contact);

}  // namespace liantu

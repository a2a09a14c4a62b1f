#pragma once

#include <cstdint>

#include "base/core/hash_map.hpp"
#include "liantu/prospects/prospects.hpp"

namespace liantu {

/// What one call of ProspectRanker::rank() asks, by firm.
struct RankingQuestion {
  /// @param asked  Kept by reference.
  explicit RankingQuestion(const ProspectOptions& asked) : options(asked) {
    for (const FirmId firm : asked.firms) firms[raw(firm)] = true;
    for (const KnownContact& one : asked.contacts) contacts[raw(one.firm)] = &one;
  }

  /// Whether a firm is one of those that alone are asked for.
  [[nodiscard]] bool names(FirmId firm) const { return firms.contains(raw(firm)); }
  [[nodiscard]] const KnownContact* contact(FirmId firm) const {
    const auto found = contacts.find(raw(firm));
    return found == contacts.end() ? nullptr : found->second;
  }
  /// Who has signed is called on no more; one that is present already stays an expansion.
  [[nodiscard]] ProspectStatus status(FirmId firm, ProspectStatus found) const {
    const KnownContact* known = contact(firm);
    const bool done = known != nullptr && known->state == ContactState::Signed;
    return done && found != ProspectStatus::Expansion ? ProspectStatus::Screened : found;
  }

  const ProspectOptions& options;
  HashMap<std::uint32_t, bool> firms;
  HashMap<std::uint32_t, const KnownContact*> contacts;  ///< by firm
};

}  // namespace liantu

#include "liantu/prospects/firms/known_contact.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(KnownContact, IsSaidWithItsDayAndReason) {
  KnownContact contact{FirmId{3}, ContactState::Lost, {"lost", "已流失"}, {2025, 2, 1}, "地价过高"};
  EXPECT_EQ(contact_text(contact),
            (Text{"lost since 2025-02-01: 地价过高", "已流失（2025-02-01）：地价过高"}));
  contact.reason.clear();
  contact.since = {};
  EXPECT_EQ(contact_text(contact), (Text{"lost", "已流失"}));
}

TEST(KnownContact, HasAWordForMachines) {
  EXPECT_EQ(contact_word(ContactState::InProgress), "in_progress");
  EXPECT_EQ(contact_word(ContactState::Signed), "signed");
  EXPECT_EQ(contact_word(ContactState::Lost), "lost");
}

}  // namespace
}  // namespace liantu

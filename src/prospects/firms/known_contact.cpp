#include "liantu/prospects/firms/known_contact.hpp"

namespace liantu {

std::string_view contact_word(ContactState state) {
  switch (state) {
    case ContactState::Signed:
      return "signed";
    case ContactState::Lost:
      return "lost";
    case ContactState::InProgress:
      break;
  }
  return "in_progress";
}

Text contact_text(const KnownContact& contact) {
  Text text = contact.stage;
  if (contact.since.known()) {
    text.en += " since " + contact.since.to_string();
    text.zh += "（" + contact.since.to_string() + "）";
  }
  if (!contact.reason.empty()) {
    text.en += ": " + contact.reason;
    text.zh += "：" + contact.reason;
  }
  return text;
}

}  // namespace liantu

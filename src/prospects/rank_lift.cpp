#include "liantu/prospects/rank_lift.hpp"

namespace liantu {

std::string_view lift_field_word(LiftField field) {
  constexpr std::string_view kWords[] = {"revenue",  "tag",        "output",  "demand",
                                         "share",    "confidence", "product", "tie",
                                         "distance", "branch",     "place"};
  return kWords[static_cast<std::size_t>(field)];
}

}  // namespace liantu

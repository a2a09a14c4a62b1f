#include "cli/command.hpp"

namespace liantu::cli {

// Lines `LIANTU_VERB(show)`, which src/cli/CMakeLists.txt writes from its list of verbs.
#define LIANTU_VERB(name) const Verb& name##_verb();
#include "cli/verbs.inc"
#undef LIANTU_VERB

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all = {
#define LIANTU_VERB(name) name##_verb(),
#include "cli/verbs.inc"
#undef LIANTU_VERB
  };
  return all;
}

}  // namespace liantu::cli

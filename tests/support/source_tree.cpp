#include "support/source_tree.hpp"

namespace liantu::test {

std::string source_tree() { return LIANTU_SOURCE_TREE; }

}  // namespace liantu::test

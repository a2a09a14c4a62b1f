#pragma once

#include <string>

namespace liantu::test {

/// The folder of the project's sources, with `graphs`, `examples` and `tests`.
[[nodiscard]] std::string source_tree();

}  // namespace liantu::test

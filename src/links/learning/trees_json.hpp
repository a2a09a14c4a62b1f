#pragma once

#include <cstddef>
#include <string>

#include "liantu/links/learning/boosted_trees.hpp"
#include "links/learning/model_reader.hpp"

namespace liantu {

/// Trees as they stand in a model file: the objective, where margins start, and of each tree its
/// nodes, the root first; `[weight, value]` is a leaf, `[weight, feature, threshold, 1 or 0 for
/// missing values that go left, left child, right child]` a question.
[[nodiscard]] std::string trees_json(const TreeEnsemble& ensemble);

/// Reads what trees_json() wrote. Nothing is trusted: the trees fit BoostedTrees.
///
/// @param features  Number of features that may be asked about.
/// @throws Error{InvalidData}, with the place, if they do not.
[[nodiscard]] TreeEnsemble read_trees(const ModelReader& from, std::size_t features);

}  // namespace liantu

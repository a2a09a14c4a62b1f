#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "liantu/base/text/text.hpp"
#include "liantu/report/formats/picture.hpp"
#include "liantu/report/formats/svg.hpp"
#include "liantu/tables/cells/table.hpp"

namespace liantu::cli {

struct Call;

/// Every limit that `--limit NAME=VALUE` sets.
struct Limits {
  TableLimits tables;
  std::uint64_t json_bytes = std::uint64_t{16} << 20;    ///< of a policy or a mapping
  std::uint64_t model_bytes = std::uint64_t{256} << 20;  ///< of a model
  DrawOptions drawing;
  PictureOptions picture;
};

/// One limit. Messages name it as the option does.
struct LimitRow {
  std::string_view name;
  Text meaning;
  std::uint64_t least;
  std::uint64_t most;
  std::uint64_t (*get)(const Limits&);
  void (*set)(Limits&, std::uint64_t);
};

/// All of them, as `liantu formats --limits` lists them.
[[nodiscard]] std::span<const LimitRow> limit_rows();

/// The limits of a call: the defaults, and what `--limit` says.
/// @throws Error{InvalidArgument} for a name that is none and a value outside its range.
[[nodiscard]] Limits limits(const Call& call);

}  // namespace liantu::cli

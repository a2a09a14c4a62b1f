#pragma once

#include <fmt/format.h>

#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/text.hpp"

namespace liantu {

/// What is said where a district holds no firm.
[[nodiscard]] inline Text no_firm_in(RegionCode region) {
  const std::string code = region.to_string();
  const std::string name = region_full_name(region);
  return {fmt::format("no firm is in {} {}; check the region code, or the firms' addresses", code,
                      name),
          fmt::format("{} {} 内没有企业；请检查地区代码或企业地址", code, name)};
}

}  // namespace liantu

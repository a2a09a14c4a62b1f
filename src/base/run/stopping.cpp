#include "base/run/stopping.hpp"

#include <string>

#include "liantu/base/text/error.hpp"

namespace liantu {

void check_stop(const std::stop_token& stop, const Interrupted& what) {
  if (!stop.stop_requested()) return;
  throw Error(ErrorCode::Cancelled, {std::string(what.en), std::string(what.zh)});
}

}  // namespace liantu

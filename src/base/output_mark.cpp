#include "liantu/base/output_mark.hpp"

#include <fmt/format.h>

#include "liantu/base/error.hpp"
#include "liantu/base/file_kind.hpp"

namespace liantu {

const Text kOutputMark = {"written by liantu", "由链图（liantu）生成"};

void refuse_output(const std::string& file, bool marked) {
  if (!marked) return;
  const Text what = file_kind_text(FileKind::Output);
  const Text remedy = file_kind_remedy(FileKind::Output);
  throw Error(ErrorCode::InvalidData, {fmt::format("{}: this is {}; {}", file, what.en, remedy.en),
                                       fmt::format("{}：这是{}；{}", file, what.zh, remedy.zh)});
}

}  // namespace liantu

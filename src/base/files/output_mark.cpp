#include "liantu/base/files/output_mark.hpp"

#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {

const Text kOutputMark = {"written by liantu", "由链图（liantu）生成"};

void refuse_output(const std::string& file, bool marked) {
  if (!marked) return;
  const Text what = file_kind_text(FileKind::Output);
  throw Error(ErrorCode::InvalidData, {.file = file}, {"this is " + what.en, "这是" + what.zh},
              file_kind_remedy(FileKind::Output));
}

}  // namespace liantu

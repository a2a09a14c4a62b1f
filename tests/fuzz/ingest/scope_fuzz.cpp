// Any UTF-8 is a business scope: what is read out of it is words of it, and no confidence lies
// outside [0, 1].

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fuzz/fuzz.hpp"
#include "liantu/base/values/industry.hpp"
#include "liantu/ingest/scope/infer_industry.hpp"
#include "liantu/ingest/scope/scope.hpp"

namespace {

using liantu::fuzz::require;

const std::vector<std::string_view> kTerms = {"电池",     "汽车配件", "橡胶制品", "轴承",
                                              "医疗器械", "软件",     "battery"};

void check_industry(std::string_view name, std::string_view scope) {
  static const liantu::IndustryClassifier classifier;
  const auto industry = classifier.classify(name, scope);
  if (!industry) return;
  require(liantu::find_industry(industry->code) != nullptr);
  require(industry->confidence > 0 && industry->confidence < 1);
  require(industry->agreement > 0 && industry->agreement <= 1);
  require(!liantu::find_invalid_utf8(industry->words));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view scope = liantu::fuzz::text_of(data, size);
  if (liantu::find_invalid_utf8(scope)) return 0;
  for (const liantu::ScopeItem& item : liantu::parse_scope(scope)) {
    require(!item.words.empty() && !item.whole.empty());
    require(!liantu::find_invalid_utf8(item.words) && !liantu::find_invalid_utf8(item.whole));
  }
  static liantu::ScopeTagger tagger(kTerms);
  std::vector<bool> seen(kTerms.size());
  for (const liantu::ScopeTag& tag : tagger.tag(scope)) {
    require(tag.term < kTerms.size() && !seen[tag.term]);
    seen[tag.term] = true;
    require(tag.confidence > 0 && tag.confidence <= 1);
    require(!liantu::find_invalid_utf8(tag.words));
  }
  const std::size_t line = scope.find('\n');
  if (line == std::string_view::npos) {
    check_industry({}, scope);
  } else {
    check_industry(scope.substr(0, line), scope.substr(line + 1));
  }
  return 0;
}

#include "liantu/links/backtest/scorer_methods.hpp"

#include <memory>
#include <string>

#include "liantu/base/text/error.hpp"
#include "liantu/links/paths/path_engine.hpp"
#include "liantu/links/scorers/scorer.hpp"
#include "links/paths/path_along.hpp"

namespace liantu {

std::vector<LinkMethod> scorer_methods(const EnterpriseGraph& graph, const LinkTask& task) {
  PathEngineOptions options;
  options.hidden = HiddenLinks{task.relation, task.hidden};
  const auto engine = std::make_shared<PathEngine>(graph, std::move(options));
  std::vector<LinkMethod> methods;
  for (const Scorer& scorer : scorers()) {
    LinkMethod method;
    method.name = scorer.name;
    try {
      static_cast<void>(score_links(*engine, scorer.name, task.relation, task.source_end, {}));
      method.rows = [engine, name = scorer.name, relation = task.relation, end = task.source_end](
                        std::span<const EntityId> sources, const std::stop_token& stop) {
        return score_links(*engine, name, relation, end, sources, stop);
      };
    } catch (const Error& error) {
      if (error.code() != ErrorCode::InvalidArgument) throw;
      if (scorer.name == "directed_l3") {
        method.rows = [engine,
                       path = path_along(parse_path(scorer.name), task.relation, task.source_end)](
                          std::span<const EntityId> sources, const std::stop_token& stop) {
          return engine->rows(path, sources, stop);
        };
      } else {
        method.unavailable = error.message().en;
      }
    }
    methods.push_back(std::move(method));
  }
  return methods;
}

}  // namespace liantu

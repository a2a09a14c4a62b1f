#include "cli/command.hpp"

namespace liantu::cli {

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all = {
      build_verb(),   check_verb(), show_verb(),  chain_verb(), gaps_verb(),     rank_verb(),
      explain_verb(), intro_verb(), permu_verb(), plan_verb(),  evaluate_verb(), train_verb(),
      map_verb(),     diff_verb(),  demo_verb(),  synth_verb(), formats_verb(),  doctor_verb()};
  return all;
}

}  // namespace liantu::cli

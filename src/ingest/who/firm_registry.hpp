#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/hash_map.hpp"
#include "base/core/string_map.hpp"
#include "ingest/who/entity_index.hpp"
#include "ingest/who/name_questions.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/graph/provenance.hpp"
#include "liantu/ingest/who/firm_matcher.hpp"

namespace liantu {

/// Which firm a row means.
struct FirmIdentity {
  enum class Kind : std::uint8_t {
    SameCode,     ///< the firm that has its credit code
    SameName,     ///< the firm that goes by its name
    Ambiguous,    ///< one of several, which the row does not tell apart
    New,          ///< none so far
    Namesake,     ///< none so far; a firm with another credit code has its name
    SimilarName,  ///< none so far; a firm's name differs from its in the legal form only
  };
  Kind kind = Kind::New;
  std::uint32_t firm = 0;   ///< the firm that it is, whose name it has or is similar to
  bool other_name = false;  ///< whether the firm that it is was added under another name
  std::size_t count = 0;    ///< how many firms it may be, when ambiguous
  std::string code;         ///< the row's credit code, or the one that other rows give its name

  friend bool operator==(const FirmIdentity&, const FirmIdentity&) = default;
};

/// Whether words in the place of a firm's name are no name but its id in a source, such as 600000.
[[nodiscard]] bool is_source_id(std::string_view words);

/// Firms that a name may mean that nobody goes by.
struct MeantFirms {
  NameVerdict verdict = NameVerdict::Nobody;
  std::vector<std::pair<std::uint32_t, double>> firms;  ///< with their scores, the likeliest first
};

/// Who is who among the firms of the graph being built. Credit codes are in canonical form, checked
/// before; an empty one is not known.
class FirmRegistry {
 public:
  explicit FirmRegistry(GraphBuilder& builder) : builder_(builder), questions_({}) {}
  FirmRegistry(GraphBuilder& builder, std::vector<NameQuestion> before);

  /// Learns, before any firm is added, that a row gives a name a code. A name that has one code is
  /// that firm's wherever it stands, and one that has several is nobody's without its code,
  /// whatever the order of the rows. A credit code, a registration number and an organisation code
  /// may be one firm's; a code with a wrong check digit counts only where the name has no right
  /// one.
  void learn_code(std::string_view name, std::string_view code);

  /// Decides which firm a row means: by code, then by normalised name, then by other names, the
  /// firm's or the row's. Two codes are two firms.
  [[nodiscard]] FirmIdentity identify(std::string_view name, std::string_view code,
                                      std::span<const std::string_view> aliases) const;

  /// Adds a firm to the graph.
  std::uint32_t add(std::string_view name, std::string_view code, const Provenance& from);
  /// Gives a firm a code, by which it is found; a credit code takes the place of a shorter one.
  void set_code(std::uint32_t firm, std::string_view code);
  void add_alias(std::string_view name, std::uint32_t firm);
  void add_key(std::string_view key, std::uint32_t firm) { index_.add_key(key, firm); }

  /// Once all firms are read: lets names be found by which firms they mean as a person has said,
  /// and reports answers that name nobody, several or firms with two codes.
  void settle_answers(std::vector<Problem>& problems);
  /// Whom a name means that nobody goes by, once all firms are read. A person's No counts.
  [[nodiscard]] MeantFirms meant(std::string_view words);
  /// Firms whose name may be another way to write this one's, though nobody is sure: where the firm
  /// has neither a code nor a legal form in its name.
  [[nodiscard]] MeantFirms alike(std::uint32_t firm);
  [[nodiscard]] NameQuestions& questions() { return questions_; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(firms_.size()); }

  /// Firms that go by these words: a code, a name, what a person has said, a key or another name.
  [[nodiscard]] const EntityIndex::Ids& called(std::string_view words) const;
  /// Firms with a legal form whose name is like this one but for the form.
  [[nodiscard]] const EntityIndex::Ids& similar(std::string_view name) const;
  /// Its name, normalised.
  [[nodiscard]] const std::string& name(std::uint32_t firm) const { return firms_[firm].name; }
  /// Its code; empty when not known.
  [[nodiscard]] const std::string& code(std::uint32_t firm) const { return firms_[firm].code; }
  /// The row that a firm was added for.
  [[nodiscard]] const Provenance& origin(std::uint32_t firm) const { return firms_[firm].origin; }

 private:
  struct Firm {
    std::string name;  // normalised
    std::string code;
    Provenance origin;
  };

  [[nodiscard]] EntityIndex::Ids candidates(std::string_view name, std::string_view code,
                                            std::span<const std::string_view> aliases) const;

  [[nodiscard]] const EntityIndex::Ids& with_code(std::string_view code) const;

  // Codes of a name: enough to tell whether it is one firm's, and how many there are.
  struct Codes {
    std::vector<std::string> some;
    std::unique_ptr<HashSet<std::uint64_t>> all;  // hashes, where there are many

    [[nodiscard]] std::size_t count() const { return all ? all->size() : some.size(); }
  };
  // The firm that a person says a name is.
  struct ConfirmedFirm {
    std::string name;  // normalised; empty when only the code is told
    std::string code;
  };
  [[nodiscard]] EntityIndex::Ids firms_of(const ConfirmedFirm& same) const;
  [[nodiscard]] const FirmMatcher& matcher();
  [[nodiscard]] MeantFirms meant_by(std::string_view words, std::uint32_t itself);

  GraphBuilder& builder_;
  EntityIndex index_;
  std::vector<Firm> firms_;
  StringMap<Codes> codes_of_name_;          // names normalised
  StringMap<EntityIndex::Ids> open_names_;  // firms without a credit code, by name
  std::vector<std::pair<std::string, std::uint32_t>> aliases_;  // normalised
  NameQuestions questions_;
  StringMap<std::vector<ConfirmedFirm>> same_;  // by the other name, normalised
  StringMap<EntityIndex::Ids> settled_;
  std::unique_ptr<const FirmMatcher> matcher_;  // made when it is first asked
  std::vector<std::uint32_t> matched_;          // the firm of each of its names
};

}  // namespace liantu

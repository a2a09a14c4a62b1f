#include "liantu/links/scorers/embedding.hpp"

#include <Eigen/Dense>
#include <Spectra/SymEigsSolver.h>
#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "base/run/arena.hpp"
#include "base/run/parallel.hpp"
#include "liantu/base/text/error.hpp"
#include "links/paths/draw.hpp"
#include "links/paths/engine_body.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {

namespace {

constexpr std::size_t kMostDimensions = 512;

void require_rank(std::size_t rank) {
  if (rank >= 1 && rank <= kMostDimensions) return;
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("the rank {} of an embedding is outside 1..{}", rank, kMostDimensions),
               fmt::format("嵌入维数 {} 不在 1 到 {} 之间", rank, kMostDimensions)});
}

/// Which starts and ends of links hang together in the part with the most links, of equals the one
/// with the first start. A place is one thing as a start and another as an end, so that the ends
/// stand behind all places.
std::vector<bool> largest_part(const StepLayout& ahead, const StepLayout& back,
                               std::uint32_t size) {
  std::vector<bool> seen(2 * std::size_t{size});
  std::vector<std::size_t> largest;
  std::size_t most = 0;
  for (std::uint32_t first = 0; first < size; ++first) {
    if (seen[first]) continue;
    std::size_t links = 0;
    std::vector<std::size_t> reached{first};
    seen[first] = true;
    for (std::size_t i = 0; i < reached.size(); ++i) {
      const bool start = reached[i] < size;
      const auto place = static_cast<std::uint32_t>(start ? reached[i] : reached[i] - size);
      links += start ? ahead.degree(place) : 0;
      for (const std::uint32_t other : start ? ahead.row(place) : back.row(place)) {
        const std::size_t next = start ? size + std::size_t{other} : other;
        if (seen[next]) continue;
        seen[next] = true;
        reached.push_back(next);
      }
    }
    if (links <= most) continue;
    most = links;
    largest = std::move(reached);
  }
  std::vector<bool> in(2 * std::size_t{size});
  for (const std::size_t node : largest) in[node] = true;
  return in;
}

/// The matrix of a relation, the starts of links its rows and the ends its columns, both numbered
/// without the entities that have none; and its product with its transpose, in the shape in which
/// Spectra asks for it.
class LinkMatrix {
 public:
  using Scalar = double;  // NOLINT(readability-identifier-naming): Spectra's name

  LinkMatrix(PathEngineAccess::Body& body, const EmbeddingOptions& options)
      : body_(body), stop_(options.stop) {
    const PathStep step{options.relation, StepDirection::Forward, options.normalizer};
    const PathStep back{options.relation, StepDirection::Backward, options.normalizer};
    const std::vector<PreparedStep> ways =
        body.prepare({{step, back}}, PathEngineAccess::Body::Turned::None);
    const std::uint32_t size = body.order.size();
    std::vector<Eigen::Index> row_of(size, -1);
    std::vector<Eigen::Index> column_of(size, -1);
    const std::vector<bool> in = largest_part(*ways[0].layout, *ways[1].layout, size);
    for (std::uint32_t place = 0; place < size; ++place) {
      if (in[place]) {
        row_of[place] = static_cast<Eigen::Index>(row_places_.size());
        row_places_.push_back(place);
      }
      if (in[size + std::size_t{place}]) {
        column_of[place] = static_cast<Eigen::Index>(column_places_.size());
        column_places_.push_back(place);
      }
    }
    by_row_ = entries(ways[0], ways[1], row_places_, column_of);
    by_column_ = entries(ways[1], ways[0], column_places_, row_of);
  }

  [[nodiscard]] Eigen::Index rows() const { return cols(); }
  [[nodiscard]] Eigen::Index cols() const {
    return static_cast<Eigen::Index>(column_places_.size());
  }
  void perform_op(const double* in, double* out) const {  // NOLINT: Spectra's name
    throw_if_cancelled(stop_);
    middle_.resize(row_places_.size());
    multiply(by_row_, in, middle_.data());
    multiply(by_column_, middle_.data(), out);
  }

  /// Its product with a vector over the columns.
  [[nodiscard]] Eigen::VectorXd times(const Eigen::VectorXd& in) const {
    Eigen::VectorXd out(static_cast<Eigen::Index>(row_places_.size()));
    multiply(by_row_, in.data(), out.data());
    return out;
  }

  [[nodiscard]] const std::vector<std::uint32_t>& row_places() const { return row_places_; }
  [[nodiscard]] const std::vector<std::uint32_t>& column_places() const { return column_places_; }

 private:
  struct Entry {
    Eigen::Index at;
    double value;
  };
  struct Entries {
    std::vector<std::size_t> offsets{0};
    std::vector<Entry> entries;
  };

  static Entries entries(const PreparedStep& way, const PreparedStep& back,
                         const std::vector<std::uint32_t>& places,
                         const std::vector<Eigen::Index>& numbers) {
    Entries result;
    for (const std::uint32_t place : places) {
      const double here = way.factors == nullptr ? 1 : way.factors[place];
      for (const std::uint32_t other : way.layout->row(place)) {
        const double there = back.factors == nullptr ? 1 : back.factors[other];
        result.entries.push_back({numbers[other], here * there});
      }
      result.offsets.push_back(result.entries.size());
    }
    return result;
  }

  void multiply(const Entries& by, const double* in, double* out) const {
    constexpr std::size_t kRowsApiece = 2048;
    run_in(body_.arena, [&] {
      const std::size_t rows = by.offsets.size() - 1;
      parallel_for_parts(rows, kRowsApiece, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
          double sum = 0;
          for (std::size_t k = by.offsets[i]; k < by.offsets[i + 1]; ++k) {
            sum += by.entries[k].value * in[by.entries[k].at];
          }
          out[i] = sum;
        }
      });
    });
  }

  PathEngineAccess::Body& body_;
  std::stop_token stop_;
  std::vector<std::uint32_t> row_places_;
  std::vector<std::uint32_t> column_places_;
  Entries by_row_;
  Entries by_column_;
  mutable std::vector<double> middle_;
};

/// Eigenvectors of the product with the transpose, by the largest eigenvalues, best first.
struct Spectrum {
  Eigen::VectorXd values;
  Eigen::MatrixXd vectors;
};

Spectrum spectrum(LinkMatrix& matrix, Eigen::Index rank, std::span<const double> start) {
  constexpr Eigen::Index kSmall = 64;
  constexpr Eigen::Index kMostRestarts = 300;
  constexpr double kTolerance = 1e-10;
  const Eigen::Index size = matrix.cols();
  if (size <= std::max(3 * rank, kSmall)) {
    Eigen::MatrixXd whole(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
      const Eigen::VectorXd unit = Eigen::VectorXd::Unit(size, i);
      matrix.perform_op(unit.data(), whole.col(i).data());
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(whole);
    const Eigen::Index kept = std::min(rank, size);
    return {solver.eigenvalues().reverse().head(kept),
            solver.eigenvectors().rowwise().reverse().leftCols(kept)};
  }
  Spectra::SymEigsSolver<LinkMatrix> solver(matrix, rank, std::min(2 * rank + 20, size));
  solver.init(start.data());
  solver.compute(Spectra::SortRule::LargestAlge, kMostRestarts, kTolerance);
  return {solver.eigenvalues(), solver.eigenvectors()};
}

}  // namespace

double LinkEmbedding::product(EntityId start, EntityId end) const noexcept {
  const std::span<const double> a = from(start);
  const std::span<const double> b = to(end);
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

LinkEmbedding embed_links(const PathEngine& engine, const EmbeddingOptions& options) {
  constexpr double kVanishing = 1e-12;
  require_rank(options.rank);
  PathEngineAccess::Body& body = PathEngineAccess::body(engine);
  LinkMatrix matrix(body, options);
  LinkEmbedding result;
  if (matrix.cols() == 0) return result;
  const EntityKeys keys(body.graph);
  std::vector<double> start;
  for (const std::uint32_t place : matrix.column_places()) {
    start.push_back(fraction(drawn({options.seed, keys(body.order.entity(place))})) - 0.5);
  }
  const Spectrum found = spectrum(matrix, static_cast<Eigen::Index>(options.rank), start);

  Eigen::Index rank = 0;
  while (rank < found.values.size() && found.values[rank] > kVanishing * found.values[0]) ++rank;
  const auto dimensions = static_cast<std::size_t>(rank);
  result.from_.assign(body.order.size() * dimensions, 0.0);
  result.to_.assign(body.order.size() * dimensions, 0.0);
  for (Eigen::Index k = 0; k < rank; ++k) {
    const double singular = std::sqrt(found.values[k]);
    result.singular_values_.push_back(singular);
    Eigen::VectorXd right = found.vectors.col(k);
    Eigen::Index largest = 0;
    right.cwiseAbs().maxCoeff(&largest);
    if (right[largest] < 0) right = -right;
    const Eigen::VectorXd left = matrix.times(right) / singular;
    const auto set = [&](std::vector<double>& all, const std::vector<std::uint32_t>& places,
                         const Eigen::VectorXd& vector) {
      for (std::size_t i = 0; i < places.size(); ++i) {
        all[raw(body.order.entity(places[i])) * dimensions + static_cast<std::size_t>(k)] =
            std::sqrt(singular) * vector[static_cast<Eigen::Index>(i)];
      }
    };
    set(result.from_, matrix.row_places(), left);
    set(result.to_, matrix.column_places(), right);
  }
  return result;
}

}  // namespace liantu

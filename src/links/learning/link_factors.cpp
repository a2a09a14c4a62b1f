#include "links/learning/link_factors.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "links/paths/draw.hpp"

namespace liantu {

namespace {

using Panel = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr int kIterations = 4;
constexpr double kSmoothing = 4;
constexpr Eigen::Index kSpare = 8;

/// The matrix described in the header; its columns are links onwards, then links back.
class Profile {
 public:
  Profile(const VisibleLinks& links, std::size_t entities) : links_(links), entities_(entities) {
    for (std::uint32_t i = 0; i < entities; ++i) {
      const auto weight = [](std::size_t degree) {
        return static_cast<float>(1 / std::sqrt(static_cast<double>(degree) + kSmoothing));
      };
      onward_.push_back(weight(links.onwards(EntityId{i}).size()));
      back_.push_back(weight(links.back(EntityId{i}).size()));
    }
  }

  /// This matrix times a panel of twice as many rows as there are entities.
  [[nodiscard]] Panel times(const Panel& right) const {
    Panel result = Panel::Zero(rows(), right.cols());
    for (std::uint32_t i = 0; i < entities_; ++i) {
      for (const EntityId to : links_.onwards(EntityId{i})) {
        result.row(i) += onward_[i] * back_[raw(to)] * right.row(raw(to));
      }
      for (const EntityId to : links_.back(EntityId{i})) {
        result.row(i) += back_[i] * onward_[raw(to)] * right.row(rows() + raw(to));
      }
    }
    return result;
  }
  /// Its transpose times a panel of one row an entity.
  [[nodiscard]] Panel transposed_times(const Panel& left) const {
    Panel result = Panel::Zero(2 * rows(), left.cols());
    for (std::uint32_t i = 0; i < entities_; ++i) {
      for (const EntityId from : links_.back(EntityId{i})) {
        result.row(i) += onward_[raw(from)] * back_[i] * left.row(raw(from));
      }
      for (const EntityId from : links_.onwards(EntityId{i})) {
        result.row(rows() + i) += back_[raw(from)] * onward_[i] * left.row(raw(from));
      }
    }
    return result;
  }
  [[nodiscard]] Eigen::Index rows() const { return static_cast<Eigen::Index>(entities_); }

 private:
  const VisibleLinks& links_;
  std::size_t entities_;
  std::vector<float> onward_;
  std::vector<float> back_;
};

/// Eigenvectors of a panel's Gram matrix with its singular values, largest first.
struct Spectrum {
  Eigen::MatrixXd vectors;
  Eigen::VectorXd values;  ///< at least a hair above 0
};

Spectrum spectrum(const Panel& panel) {
  const Eigen::MatrixXd wide = (panel.transpose() * panel).cast<double>();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(wide);
  const double largest = std::max(solver.eigenvalues().maxCoeff(), 1e-30);
  return {solver.eigenvectors().rowwise().reverse(),
          solver.eigenvalues().reverse().cwiseMax(largest * 1e-10).cwiseSqrt()};
}

Panel orthonormal(const Panel& panel) {
  const Spectrum s = spectrum(panel);
  const Eigen::MatrixXd basis = s.vectors * s.values.cwiseInverse().asDiagonal();
  return panel * basis.cast<float>();
}

}  // namespace

LinkFactors::LinkFactors(const VisibleLinks& links, std::span<const std::uint64_t> keys,
                         std::size_t rank)
    : rank_(rank) {
  const Profile profile(links, keys.size());
  const auto kept = static_cast<Eigen::Index>(rank);
  Panel right(2 * profile.rows(), kept + kSpare);
  for (Eigen::Index row = 0; row < right.rows(); ++row) {
    const bool back = row >= profile.rows();
    const std::uint64_t key = keys[static_cast<std::size_t>(back ? row - profile.rows() : row)];
    for (Eigen::Index k = 0; k < right.cols(); ++k) {
      const auto column = static_cast<std::uint64_t>(k);
      right(row, k) = static_cast<float>(2 * fraction(drawn({key, back ? 1U : 0U, column})) - 1);
    }
  }
  for (int i = 0; i < kIterations; ++i) {
    right = orthonormal(profile.transposed_times(orthonormal(profile.times(right))));
  }
  const Panel left = profile.times(right);
  const Eigen::MatrixXf turn = spectrum(left).vectors.leftCols(kept).cast<float>();
  const Panel turned_left = left * turn;
  const Panel turned_right = right.topRows(profile.rows()) * turn;
  left_.assign(turned_left.data(), turned_left.data() + turned_left.size());
  right_.assign(turned_right.data(), turned_right.data() + turned_right.size());
}

}  // namespace liantu

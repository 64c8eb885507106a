//! Counts what both readers build, so that nothing grows beyond the limits.

use super::{Cql2Error, Expr, limits};

/// An expression with the height of its tree.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) expr: Expr,
    depth: usize,
}

/// Builds nodes and refuses those beyond the limits.
#[derive(Debug, Default)]
pub(super) struct Builder {
    nodes: usize,
    pub(super) vertices: usize,
}

impl Builder {
    /// A node without parts.
    pub(super) fn leaf(&mut self, expr: Expr) -> Result<Node, Cql2Error> {
        self.count(Node { expr, depth: 1 })
    }

    /// A node of one part.
    pub(super) fn one(
        &mut self,
        part: Node,
        make: impl FnOnce(Box<Expr>) -> Expr,
    ) -> Result<Node, Cql2Error> {
        self.count(Node { depth: part.depth + 1, expr: make(Box::new(part.expr)) })
    }

    /// A node of two parts.
    pub(super) fn two(
        &mut self,
        parts: [Node; 2],
        make: impl FnOnce(Box<[Expr; 2]>) -> Expr,
    ) -> Result<Node, Cql2Error> {
        let depth = 1 + parts.iter().map(|n| n.depth).max().unwrap_or(0);
        self.count(Node { depth, expr: make(Box::new(parts.map(|n| n.expr))) })
    }

    /// A node of three parts.
    pub(super) fn three(
        &mut self,
        parts: [Node; 3],
        make: impl FnOnce(Box<[Expr; 3]>) -> Expr,
    ) -> Result<Node, Cql2Error> {
        let depth = 1 + parts.iter().map(|n| n.depth).max().unwrap_or(0);
        self.count(Node { depth, expr: make(Box::new(parts.map(|n| n.expr))) })
    }

    /// A node of as many parts as there are.
    pub(super) fn many(
        &mut self,
        parts: Vec<Node>,
        make: impl FnOnce(Vec<Expr>) -> Expr,
    ) -> Result<Node, Cql2Error> {
        let depth = 1 + parts.iter().map(|n| n.depth).max().unwrap_or(0);
        self.count(Node { depth, expr: make(parts.into_iter().map(|n| n.expr).collect()) })
    }

    /// Parts joined by AND or by OR: those that are joined by the same are taken apart.
    pub(super) fn joined(&mut self, parts: Vec<Node>, and: bool) -> Result<Node, Cql2Error> {
        let mut flat = Vec::with_capacity(parts.len());
        let mut depth = 0;
        for part in parts {
            match part.expr {
                Expr::And(inner) if and => (flat.extend(inner), depth = depth.max(part.depth - 1)),
                Expr::Or(inner) if !and => (flat.extend(inner), depth = depth.max(part.depth - 1)),
                other => (flat.push(other), depth = depth.max(part.depth)),
            };
        }
        let expr = if and { Expr::And(flat) } else { Expr::Or(flat) };
        self.count(Node { expr, depth: depth + 1 })
    }

    fn count(&mut self, node: Node) -> Result<Node, Cql2Error> {
        self.nodes += 1;
        if self.nodes > limits::NODES {
            return Err(Cql2Error::TooManyNodes);
        }
        if node.depth > limits::DEPTH {
            return Err(Cql2Error::TooDeep);
        }
        Ok(node)
    }

    /// Counts a vertex of a literal geometry.
    pub(super) fn vertex(&mut self) -> Result<(), Cql2Error> {
        self.vertices += 1;
        if self.vertices > limits::VERTICES { Err(Cql2Error::TooManyVertices) } else { Ok(()) }
    }
}
